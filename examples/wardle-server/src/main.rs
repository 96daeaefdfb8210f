//! Serves flunders and fischers. A flunder may not have a name that a fischer forbids.

use std::process::ExitCode;

use kgen_apiserver::admission::{Admission, Operation, Write};
use kgen_apiserver::failure::Failure;
use wardle::v1alpha1::{Fischer, Flunder};

fn main() -> ExitCode {
    kgen_apiserver::cli::main(wardle::generated::api().admission(BanFlunder))
}

/// Asks all fischers which names no flunder may have.
struct BanFlunder;

#[async_trait::async_trait]
impl Admission for BanFlunder {
    fn name(&self) -> &'static str {
        "BanFlunder"
    }

    async fn admit(&self, write: &mut Write<'_>) -> Result<(), Failure> {
        let is_create = write.operation == Operation::Create;
        let Some(flunder) = write.object_as::<Flunder>().filter(|_| is_create) else {
            return Ok(());
        };
        let name = flunder.metadata.name.clone().unwrap_or_default();
        let fischers = write.resources.at_hand::<Fischer>(None).await?;
        let is_banned = fischers
            .iter()
            .any(|fischer| fischer.disallowed_flunders.contains(&name));
        if is_banned {
            let why = "this name may not be used, please change the resource name";
            return Err(Failure::forbidden(&write.subject(), why));
        }
        Ok(())
    }
}
