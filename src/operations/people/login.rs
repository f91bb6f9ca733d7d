//! Checking somebody's password outside the pipeline's own check of the caller.

use crate::domain::Error;
use crate::domain::credential::Credential;
use crate::domain::name;
use crate::operations::Bench;
use secrecy::SecretString;

/// The person of this name and whether the password is right. Whoever cannot be found costs the same time as a wrong password.
pub fn check_password(bench: &mut Bench<'_>, username: &str, password: &SecretString) -> Result<Option<Credential>, Error> {
    let credential = bench.view(|read| read.credential_by_name(&name::key(username)))?;
    let hash = credential.as_ref().and_then(|credential| credential.hash.as_ref());
    let right = bench.verify(password, hash)?;
    if let Some(Credential { caller, hash: Some(hash), may_log_in: true }) = credential.as_ref().filter(|_| right) {
        bench.found_right(caller.id, password, hash);
    }
    Ok(credential.filter(|_| right))
}
