//! Function words, folded: articles, prepositions, pronouns, conjunctions, auxiliaries, and words that ask.

use super::Analyser;
use std::{collections::HashSet, sync::LazyLock};

static LISTS: LazyLock<[HashSet<&'static str>; Analyser::ALL.len()]> = LazyLock::new(|| {
    Analyser::ALL.map(|analyser| {
        let list = match analyser {
            Analyser::English => ENGLISH,
            Analyser::Albanian => ALBANIAN,
            Analyser::SerboCroatian => SERBO_CROATIAN,
            Analyser::Romanian => ROMANIAN,
            Analyser::Macedonian => MACEDONIAN,
        };
        list.split_whitespace().collect()
    })
});

/// Whether a folded word is one in the language of an analyser.
pub(super) fn has(analyser: Analyser, folded: &str) -> bool {
    LISTS.get(analyser as usize).is_some_and(|list| list.contains(folded))
}

const ENGLISH: &str = "
    a about above after again all also am an and any are as at be because been before being below between both
    but by can cannot could did do does doing down during each either for from had has have having he her here
    herself him himself his how i if in into is it its itself just may me might mine more most must my myself
    neither no nor not of off on only or other our ours out over own same shall she should since so some such
    than that the their them themselves then there these they this those through to too under up us very was
    we were what when where which while who whom whose why will with without would you your yourself
";

const ALBANIAN: &str = "
    a ai ajo apo as asaj ata ate atij ato atyre brenda cdo cfare cila cilat cilen cili cilin cilit deri dhe do
    duhet duke e edhe eshte gjate gjithe i ia im ime ishin ishte iu ja jam jane jashte je jemi jene jeni jo
    jone ju juaj ka kam kane ke kemi kene keni kesaj keta kete ketij keto ketyre kishin kishte kjo ku kunder
    kur kush ky le ma mbi me mia midis mos mund na ndaj ndermjet ndersa ndonje ne nepermjet nese nga nje nuk
    ose pa pas per permes pervec po por prej pse qe qene s sa saj se sepse si sipas t ta te tek tende ti tij
    tjera tjere tjeter tona tone tuaj tuaja tyre u ua une vetem yne
";

const SERBO_CROATIAN: &str = "
    a ako ali bez bi bice bih bila bile bili bilo bio bismo biste biti bude budem budemo budete budu ce cega
    cemo cemu cete cija cije cijeg cijem ciji cijih cijim cijoj ciju cim cu da dakle do dok ga gde gdje i iako
    ih ili im iz iza izmedju ja je jer jesam jesi jesmo jeste jesu joj ju ka kad kada kako kao ko kog koga
    koja koje kojeg kojega kojem kojemu koji kojih kojim kojima kojoj kojom koju kom kome kroz li me medju
    mene meni mi mnom mog moga moj moja moje mojeg mojega mojem moji mojih mojim mojoj mojom moju mom mu na
    nad nama nas nasa nase naseg nasega nasem nasi nasih nasim naso nasoj nasom nasu ne nece necemo neces necu
    nego neka neki nekih nekim neko nekog nekoga nekoj nekom nekome neku ni nije nisam nisi nismo niste nisu
    njega njegov njegova njegove njegovi njegovih njegovim njegovo njegovog njegovoga njegovoj njegovom
    njegovome njegovu njemu njen njena njene njeni njenih njenim njenog njenoga njenoj njenom njenome njenu
    njezin njezina njezine njezini njezinih njezinim njezino njezinog njezinoga njezinoj njezinom njezinu njih
    njihov njihova njihove njihovi njihovih njihovim njihovo njihovog njihovoga njihovoj njihovom njihovome
    njihovu njim njima njoj njom nju o od odakle on ona onaj one oni onih onim onima ono onog onoga onoj onom
    onome onu ova ovaj ove ovi ovih ovim ovima ovo ovog ovoga ovoj ovom ovome ovu pa po pod pored pred preko
    prema pri protiv radi s sa sam se sebe sebi si smo sta ste sto su svog svoga svoj svoja svoje svojeg
    svojega svojem svoji svojih svojim svojima svojoj svojom svoju svom svome ta taj tako takodje takodjer te
    tebe tebi ti tih tim tima tko to tog toga toj tom tome tu tvog tvoga tvoj tvoja tvoje tvojeg tvojem tvojih
    tvojim tvojoj tvojom tvoju tvom u uz vam vama vas vasa vase vaseg vasega vasem vasi vasih vasim vasoj
    vasom vasu vec vi za zasto zato zbog
";

const ROMANIAN: &str = "
    a aceasta aceea acei aceia acel acela acele acelea acelor acest acesta aceste acestea acestei acestia
    acestor acestui ai aia al ale am ar as asta astea asupra ati au avea aveam avem aveti ca cand care careia
    caror carora caruia cat cata cate cati catre ce cea ceea cei cel cele celei celor celui cine cu cui cum da
    daca dar de decat deci deoarece desi despre din dinspre dintr dintre dupa e ea ei el ele era erau este
    esti eu fara fi fie fii fiind fost i iar ii il imi in insa inspre intr intre isi iti l la langa le li lor
    lui m ma mai mea mei mele meu mi mie mine n ne ni nici nimeni niste noastra noastre noi nostri nostru nu o
    ori oricare orice oricine pana pe pentru prin printr printre s sa sai sale sau se si spre sub sunt suntem
    sunteti ta tai tale tau te ti tie tine tu un una unde unei unele unii unor unui unul va vi voastra voastre
    voi vom vor vostri vostru vreo vreun
";

const MACEDONIAN: &str = "
    a ako ama bea bese bev bez bi bidat bide bidejkji bideme bil bila bile bilo cie cii cij cija da dali deka
    do e eden edna gi go i iako ili im ima ja jas kade kako kakov ke kje koe koga kogo koi koj koja komu kon
    me megju mene mi moe moi moj moja mora moze mu na nad nas nasa nase nasi ne nea nego negov negova negovi
    negoviot negovo nejze nejzin nejzina nejzini nejzino neka nekoe nekoi nekoj nekoja nema nemu ni nie nikoj
    nim niv niven nivna nivni nivniot nivno niz no od ona onaa onie onoj ova ovaa ovie ovoj pa po pod poradi
    pred preku pri protiv samo se sebe sekoe sekoj sekoja si site sme so ste sto sum svoe svoi svoite svoj
    svoja ta taa taka tamu te tebe ti tie toa toj treba tuka tuku tvoe tvoi tvoj tvoja vas vasa vase vasi ve
    vekje vi vie vo za zad zosto
";
