//! Function words, folded: articles, prepositions, pronouns, conjunctions, auxiliaries, words that ask, and adverbs and
//! quantifiers that say nothing by themselves. What is also a word of its own (`tim`, a team; `nen`, an article) is none.

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
    a about above across after again against all already also although am among an and another any are as at
    be because been before being below between both but by can cannot could did do does doing down during each
    either else ever every few for from had has have having he her here herself him himself his how however i
    if in into is it its itself just many may me might more most much must my myself neither never no nor not
    of off on only or other our ours out over own per same shall she should since so some such than that the
    their them themselves then there these they this those though through to too towards under until up upon
    us very via was we were what when where whether which while who whom whose why will with within without
    would yet you your yourself
";

const ALBANIAN: &str = "
    a ai ajo apo as asaj asnje ata ate atij atje ato aty atyre behet brenda cdo cfare cfaredo cila cilat
    cilave cilen ciles cilet cili cilin cilit deri dhe disa do duhet duke e edhe ende eshte gjate gjithashtu
    gjithe i ia im ime ishin ishte iu ja jam jane jashte je jemi jene jeni jo jone ju juaj ka kam kane ke kemi
    kene keni kesaj keshtu kesisoj keta kete ketij keto ketu ketyre kishin kishte kjo ku kunder kur kush ky le
    ma mbi me mes mia midis mos mund na ndaj ndermjet ndersa ndonje ne nepermjet nese nga nje nuk ose pa pas
    pasi per permes pervec po por pra prej pse qe qene s sa saj se secila secili sepse shume si sic sipas t ta
    tani te tek tende ti tij tjera tjere tjeter tona tone tuaj tuaja tyre u ua une vetem yne
";

const SERBO_CROATIAN: &str = "
    a ako ali bez bi bice bih bila bile bili bilo bio bismo biste biti bude budem budemo budete budu ce cega
    cemo cemu cete cija cije cijeg cijem ciji cijih cijim cijoj ciju cim cu da dakle do dok ga gde gdje i iako
    ih ili im ipak iz iza izmedju ja je jedan jedna jedne jedno jednog jednom jer jesam jesi jesmo jeste jesu
    joj jos ju ka kad kada kako kao ko kog koga koja koje kojeg kojega kojem kojemu koji kojih kojim kojima
    kojoj kojom koju kom kome kroz li me medju mene meni mi mnom mog moga mogu moj moja moje mojeg mojega
    mojem moji mojih mojim mojoj mojom moju mom mora moraju moze mu na nad nakon nama nas nasa nase naseg
    nasega nasem nasi nasih nasim naso nasoj nasom nasu ne nece necemo neces necu nego neka neki nekih nekim
    neko nekog nekoga nekoj nekom nekome neku ni nije nisam nisi nismo niste nisu niti njega njegov njegova
    njegove njegovi njegovih njegovim njegovo njegovog njegovoga njegovoj njegovom njegovome njegovu njemu
    njen njena njene njeni njenih njenim njenog njenoga njenoj njenom njenome njenu njezin njezina njezine
    njezini njezinih njezinim njezino njezinog njezinoga njezinoj njezinom njezinu njih njihov njihova njihove
    njihovi njihovih njihovim njihovo njihovog njihovoga njihovoj njihovom njihovome njihovu njim njima njoj
    njom nju o od odakle oko on ona onaj onda one oni onih onim onima ono onog onoga onoj onom onome onu osim
    ova ovaj ovde ovdje ove ovi ovih ovim ovima ovo ovog ovoga ovoj ovom ovome ovu pa po pod pored posle
    poslije pre pred preko prema pri prije protiv s sa sam samo sav se sebe sebi si smo sta ste sto su sva
    svaka svake svaki svako svakog sve svega svemu svi svih svim svima svog svoga svoj svoja svoje svojeg
    svojega svojem svoji svojih svojim svojima svojoj svojom svoju svom svome ta tada taj tako takodje
    takodjer te tebe tebi ti tih tijekom tko to tog toga toj tokom tom tome treba tu tvog tvoga tvoj tvoja
    tvoje tvojeg tvojem tvojih tvojim tvojoj tvojom tvoju tvom u umesto umjesto uz vam vama vas vasa vase
    vaseg vasega vasem vasi vasih vasim vasoj vasom vasu vec veoma vi vise vrlo za zasto zatim zato zbog
";

const ROMANIAN: &str = "
    a aceasta aceea acei aceia acel acela acele acelea acelor acest acesta aceste acestea acestei acesteia
    acestia acestor acestora acestui acestuia acum ai aia aici al ale alt alta alte altfel alti altor am ar as
    asta astea astfel asupra ati atunci au avea aveam avem aveti avut ca cand care careia caror carora caruia
    cat cata cate cati catre ce cea ceea cei cel cele celei celor celui cine cu cui cum da daca dar de decat
    deci deoarece desi despre din dinspre dintr dintre doar dupa e ea ei el ele era erau este esti eu fara fi
    fie fiecare fii fiind foarte fost i iar ii il imi in inca insa inspre intr intre isi iti l la langa le li
    lor lui m ma mai mea mei mele meu mi mie mine n ne ni nici nimeni niste noastra noastre noi nostri nostru
    nu numai o ori oricare orice oricine pana pe pentru poate pot precum prin printr printre s sa sai sale sau
    se si spre sub sunt suntem sunteti ta tai tale tau te ti tie tine toata toate tot toti trebuie tu un una
    unde unei unele unii unor unui unul va vi voastra voastre voi vom vor vostri vostru vreo vreun
";

const MACEDONIAN: &str = "
    a ako ama bea bese bev bez bi bidat bide bidejkji bideme bil bila bile bilo cie cii cij cija da dali deka
    do dodeka e eden edna edni edno gi go i iako ili im ima isto ja jas kade kaj kako kakov ke kje koe koga
    kogo koi koj koja kolku komu kon me megju mene mi mnogu moe moi moj moja mora mozat moze mu na nad nas
    nasa nase nasi ne nea nego negov negova negovi negoviot negovite negovo nejze nejzin nejzina nejzini
    nejzino neka nekoe nekoi nekoj nekoja nekolku nema nemu ni nie nikoj nim niv niven nivna nivni nivniot
    nivnite nivno niz no od okolu ona onaa onie onoj ova ovaa ovie ovoj pa po pod pomegju poradi povekje pred
    preku pri protiv samo se sebe sega sekoe sekogas sekoj sekoja si site sme so spored ste sto sum svoe svoi
    svoite svoj svoja ta taa taka tamu te tebe ti tie toa togas toj treba tuka tuku tvoe tvoi tvoj tvoja uste
    vas vasa vase vasi ve vekje vi vie vo vrz za zad zaradi zatoa zosto
";
