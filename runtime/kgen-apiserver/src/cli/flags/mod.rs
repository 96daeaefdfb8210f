//! What options say, and how it becomes part of the configuration: a file for each heading of the help.

mod api;
mod authentication;
mod authorization;
mod cluster;
mod front_proxy;
mod limits;
mod messages;
mod serving;
mod storage;

use std::path::PathBuf;

use super::config::v1alpha1::ServerConfiguration;

/// What options say. What they do not say is left to the configuration file and its defaults.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Flags {
    #[command(flatten)]
    storage: storage::StorageFlags,
    #[command(flatten)]
    serving: serving::ServingFlags,
    #[command(flatten)]
    cluster: cluster::ClusterFlags,
    #[command(flatten)]
    authentication: authentication::AuthenticationFlags,
    #[command(flatten)]
    authorization: authorization::AuthorizationFlags,
    #[command(flatten)]
    api: api::ApiFlags,
    #[command(flatten)]
    limits: limits::LimitsFlags,
    #[command(flatten)]
    messages: messages::MessagesFlags,
}

/// Places of the configuration, each with the option that says the same.
type Options = &'static [(&'static str, &'static str)];

const OPTIONS: &[Options] = &[
    storage::OPTIONS,
    serving::OPTIONS,
    cluster::OPTIONS,
    authentication::OPTIONS,
    front_proxy::OPTIONS,
    authorization::OPTIONS,
    api::OPTIONS,
    limits::OPTIONS,
    messages::OPTIONS,
];

/// The option that says a place of the configuration or what that is part of, for messages.
pub(super) fn option_of(place: &str) -> Option<&'static str> {
    let says = |said: &str| {
        let rest = place.strip_prefix(said);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let mut options = OPTIONS.iter().copied().flatten();
    options.find(|(said, _)| says(said)).map(|(_, option)| *option)
}

impl Flags {
    /// Puts what was said into a configuration.
    pub(super) fn apply(self, config: &mut ServerConfiguration) {
        let Self {
            storage,
            serving,
            cluster,
            authentication,
            authorization,
            api,
            limits,
            messages,
        } = self;
        storage.apply(&mut config.storage);
        serving.apply(&mut config.serving);
        cluster.apply(config);
        authentication.apply(&mut config.authentication);
        authorization.apply(&mut config.authorization);
        api.apply(config);
        limits.apply(&mut config.limits);
        messages.apply(config);
    }
}

fn set<T>(field: &mut T, said: Option<T>) {
    if let Some(said) = said {
        *field = said;
    }
}

fn set_some<T>(field: &mut Option<T>, said: Option<T>) {
    if said.is_some() {
        *field = said;
    }
}

fn set_path(field: &mut String, said: Option<PathBuf>) {
    set(field, said.map(|path| path.to_string_lossy().into_owned()));
}
