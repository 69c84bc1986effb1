//! Passwords: which are taken, and how they are kept.
//!
//! Argon2id (RFC 9106) with the least that OWASP's Password Storage Cheat Sheet names: 19 MiB, two passes, one lane.

use super::{Outcome, Refusal, granted};
use crate::store::Failure;
use argon2::{
    Argon2, Params,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, Salt, SaltString},
};
use secrecy::{ExposeSecret, SecretString};
use std::{io, sync::LazyLock};
use tokio::{
    runtime::{self, Runtime},
    sync::Semaphore,
};
use unicode_normalization::UnicodeNormalization;

/// The fewest letters.
pub(super) const LEAST: usize = 10;
/// The most: what is typed beyond it adds nothing, and hashing it costs.
pub(super) const MOST: usize = 200;
/// Memory, in KiB.
const MEMORY: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How hard it must be to guess, of 4 (zxcvbn): 3 withstands ten thousand guesses a second on a stolen hash for hours,
/// and any number that a sign-in form takes.
const STRENGTH_LEAST: u8 = 3;
/// Letters of a word that may be a name.
const OF_A_NAME: usize = 3;
/// Letters that must be left without the owner's names.
const REST_LEAST: usize = 6;

/// One at a time: each takes tens of milliseconds and 19 MiB.
static TURN: Semaphore = Semaphore::const_new(1);
/// So many may stand in line: some seconds, where the machine is not busy otherwise. Whoever comes then is told to come
/// again, and holds nothing meanwhile.
static LINE: Semaphore = Semaphore::const_new(200);

/// Where passwords are hashed. It gives way to the threads that answer requests: on a machine that is busy, who signs in
/// waits rather than all who read.
static BESIDE: LazyLock<io::Result<Runtime>> = LazyLock::new(|| {
    let threads = runtime::Builder::new_current_thread().max_blocking_threads(1).on_thread_start(give_way).build();
    threads.inspect_err(|error| tracing::warn!(%error, "passwords are hashed where requests are answered"))
});

/// As far as it can: where others want the core, too, a seventieth of it is left (sched(7): a fifth less for each step).
#[cfg(target_os = "linux")]
fn give_way() {
    let own = Some(rustix::thread::gettid());
    if let Err(error) = rustix::process::setpriority_process(own, 19) {
        // Threads that have nothing to do end, and others begin.
        static SAID: std::sync::Once = std::sync::Once::new();
        SAID.call_once(|| tracing::warn!(%error, "hashing passwords does not give way to requests"));
    }
}

/// Only Linux knows threads that are nicer than others of their process.
#[cfg(not(target_os = "linux"))]
fn give_way() {}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, LANES, None).unwrap_or(Params::DEFAULT);
    Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
}

/// In one form, however the keyboard composes it (RFC 8265, 4.2: NFC).
fn composed(password: &SecretString) -> SecretString {
    password.expose_secret().nfc().collect::<String>().into()
}

/// Whether a password may be set by somebody with this name and address.
///
/// # Errors
/// [`Refusal::PasswordShort`], [`Refusal::PasswordLong`], [`Refusal::PasswordWeak`].
pub(crate) fn check(password: &SecretString, around: &[&str]) -> Result<(), Refusal> {
    let composed = composed(password);
    let letters = composed.expose_secret().chars().count();
    if letters < LEAST {
        return Err(Refusal::PasswordShort);
    }
    if letters > MOST {
        return Err(Refusal::PasswordLong);
    }
    let around = around.join(" ").to_lowercase();
    let mut around: Vec<&str> = around.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    around.push("plenary");
    let strength = zxcvbn::zxcvbn(composed.expose_secret(), &around);
    // What stands around is worth nothing, in whatever order.
    let rest = around.iter().filter(|word| word.chars().count() >= OF_A_NAME);
    let rest = rest.fold(composed.expose_secret().to_lowercase(), |rest, word| rest.replace(word, ""));
    let weak = u8::from(strength.score()) < STRENGTH_LEAST || rest.chars().count() < REST_LEAST;
    if weak { Err(Refusal::PasswordWeak) } else { Ok(()) }
}

/// A password as it is kept (PHC string format).
///
/// # Errors
/// [`Refusal::Wait`] where too many stand in line.
pub(crate) async fn hash(password: &SecretString) -> Outcome<String> {
    let password = composed(password);
    at_work(move || {
        let mut salt = [0; Salt::RECOMMENDED_LENGTH];
        getrandom::fill(&mut salt).map_err(|_| Failure::odd("randomness"))?;
        let salt = SaltString::encode_b64(&salt).map_err(|_| Failure::odd("a salt"))?;
        let hash = argon2().hash_password(password.expose_secret().as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|_| Failure::odd("a password's hash"))
    })
    .await
}

/// Whether it is the password that is kept. Where none is kept it takes as long to say no.
///
/// # Errors
/// [`Refusal::Wait`] where too many stand in line.
pub(crate) async fn is(password: &SecretString, kept: Option<String>) -> Outcome<bool> {
    /// Of nothing that anybody could type.
    static NONE: LazyLock<String> = LazyLock::new(|| {
        let salt = SaltString::encode_b64(&[0; Salt::RECOMMENDED_LENGTH]);
        let hash = salt.ok().and_then(|salt| argon2().hash_password(b"\0", &salt).ok().map(|hash| hash.to_string()));
        hash.unwrap_or_default()
    });
    let password = composed(password);
    at_work(move || {
        let (there, none) = (kept.is_some(), NONE.as_str());
        let kept = kept.as_deref().unwrap_or(none);
        let kept = PasswordHash::new(kept).map_err(|_| Failure::odd("account.password"))?;
        // What is longer than any password is shortened, and then is none.
        let typed: String = password.expose_secret().chars().take(MOST + 1).collect();
        let same = argon2().verify_password(typed.as_bytes(), &kept).is_ok();
        Ok(same && there)
    })
    .await
}

/// Off the threads that answer requests, and one after the other.
async fn at_work<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Outcome<T> {
    let _place = granted!(LINE.try_acquire().map_err(|_| Refusal::Wait(2)));
    let turn = TURN.acquire().await;
    // Whoever asked may have gone meanwhile; the turn ends with the work.
    let work = move || {
        let done = work();
        drop(turn);
        done
    };
    let done = match &*BESIDE {
        Ok(beside) => beside.spawn_blocking(work),
        Err(_) => tokio::task::spawn_blocking(work),
    };
    done.await.map_err(|_| Failure::odd("a password's hash"))?.map(Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(password: &str) -> Result<(), Refusal> {
        check(&password.into(), &["Ana Hoxha", "ana.hoxha@ministria.gov.al"])
    }

    #[test]
    fn a_password_is_long_and_hard_to_guess() {
        let long = "шетња поред реке, kali i bardhë mbi urë, correct horse battery staple ";
        for good in ["correct horse battery staple", "шетња поред реке", "kali i bardhë mbi urë", long]
        {
            assert_eq!(checked(good), Ok(()), "{good}");
        }
        assert!(long.chars().count() >= 64, "NIST SP 800-63B: at least so many are taken");
        for (bad, why) in [
            ("", Refusal::PasswordShort),
            ("ë".repeat(9).as_str(), Refusal::PasswordShort),
            ("password123", Refusal::PasswordWeak),
            ("1234567890", Refusal::PasswordWeak),
            ("anahoxha2016", Refusal::PasswordWeak),
            ("plenaryplenary", Refusal::PasswordWeak),
            ("ministria1", Refusal::PasswordWeak),
            ("x".repeat(201).as_str(), Refusal::PasswordLong),
        ] {
            assert_eq!(checked(bad), Err(why), "{bad}");
        }
    }

    #[tokio::test]
    async fn a_password_is_known_again_however_it_is_composed_and_no_other_is() {
        let composed: SecretString = "kali i bardh\u{eb} mbi ur\u{eb}".into();
        let kept = hash(&composed).await.expect("hashed").expect("a place");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        let decomposed: SecretString = "kali i bardhe\u{308} mbi ure\u{308}".into();
        assert!(is(&decomposed, Some(kept.clone())).await.expect("read").expect("a place"));
        for other in ["kali i bardhe mbi ure", "", &"x".repeat(60_000)] {
            assert!(!is(&other.into(), Some(kept.clone())).await.expect("read").expect("a place"));
        }
        assert!(!is(&"\0".into(), None).await.expect("read").expect("a place"), "the password of nobody");
        assert_ne!(hash(&composed).await.expect("hashed").expect("a place"), kept, "a salt of its own");
    }
}
