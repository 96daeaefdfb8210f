//! Users who ask on behalf of others, by headers, as `kubectl --as` does. As upstream's `WithImpersonation`.

use std::collections::BTreeMap;

use http::HeaderMap;

use super::request_header::{stripped, text, unescaped, values};
use super::{AUTHENTICATED, Authorizer, UNAUTHENTICATED, User, check};
use crate::failure::Failure;
use crate::request::{RequestInfo, ResourceInfo, Verb};

const USER: &str = "impersonate-user";
const GROUP: &str = "impersonate-group";
const UID: &str = "impersonate-uid";
const EXTRA: &str = "impersonate-extra-";
const PREFIX: &str = "impersonate-";

const SERVICE_ACCOUNT: &str = "system:serviceaccount:";

/// On whose behalf a user asks; none if that is their own. The headers that say so are removed.
///
/// # Errors
/// If the user may not ask on behalf of the user, or of one of the groups, or with what else they give themselves; or if
/// the headers name no user.
pub async fn impersonated(
    authorizer: &dyn Authorizer,
    user: &User,
    headers: &mut HeaderMap,
) -> Result<Option<User>, Failure> {
    if !headers.keys().any(|name| name.as_str().starts_with(PREFIX)) {
        return Ok(None);
    }
    let wanted = Wanted::of(headers);
    let named: Vec<_> = headers
        .keys()
        .filter(|name| name.as_str().starts_with(PREFIX))
        .cloned()
        .collect();
    for name in named {
        headers.remove(name);
    }
    if wanted.is_nobody() {
        return Ok(None);
    }
    if wanted.user.is_empty() {
        let message = "groups, uid or extra of another user are asked for, but the header Impersonate-User names none";
        return Err(Failure::bad_request(message));
    }
    for request in wanted.requests() {
        check(authorizer, user, &request).await?;
    }
    tracing::debug!(
        user = user.name,
        on_behalf = wanted.user,
        "somebody asks on behalf of somebody else"
    );
    Ok(Some(wanted.into_user()))
}

/// Who headers name.
struct Wanted {
    user: String,
    uid: String,
    groups: Vec<String>,
    extra: BTreeMap<String, Vec<String>>,
}

impl Wanted {
    fn of(headers: &HeaderMap) -> Self {
        let one = |name: &str| headers.get(name).map(text).unwrap_or_default();
        let mut extra: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in headers {
            if let Some(key) = stripped(name.as_str(), EXTRA) {
                extra.entry(unescaped(key)).or_default().push(text(value));
            }
        }
        Self {
            user: one(USER),
            uid: one(UID),
            groups: values(headers, GROUP).collect(),
            extra,
        }
    }

    fn is_nobody(&self) -> bool {
        self.user.is_empty() && self.uid.is_empty() && self.groups.is_empty() && self.extra.is_empty()
    }

    /// Namespace and name, if it is a service account.
    fn service_account(&self) -> Option<(&str, &str)> {
        let (namespace, name) = self.user.strip_prefix(SERVICE_ACCOUNT)?.split_once(':')?;
        let is_name = |text: &str| !text.is_empty() && !text.contains(':');
        (is_name(namespace) && is_name(name)).then_some((namespace, name))
    }

    /// What one has to be allowed to do.
    fn requests(&self) -> Vec<RequestInfo> {
        let mut requests = vec![match self.service_account() {
            Some((namespace, name)) => request("", "serviceaccounts", namespace, "", name),
            None => request("", "users", "", "", &self.user),
        }];
        requests.extend(self.groups.iter().map(|group| request("", "groups", "", "", group)));
        let extra = self
            .extra
            .iter()
            .flat_map(|(key, values)| values.iter().map(move |value| (key, value)));
        requests.extend(extra.map(|(key, value)| request("authentication.k8s.io", "userextras", "", key, value)));
        if !self.uid.is_empty() {
            requests.push(request("authentication.k8s.io", "uids", "", "", &self.uid));
        }
        requests
    }

    fn into_user(mut self) -> User {
        if let Some((namespace, _)) = self.service_account()
            && self.groups.is_empty()
        {
            let own = format!("system:serviceaccounts:{namespace}");
            self.groups = vec!["system:serviceaccounts".to_owned(), own];
        }
        let has = |group: &str| self.groups.iter().any(|known| known == group);
        let missing = match self.user == User::anonymous().name {
            true if !has(UNAUTHENTICATED) => Some(UNAUTHENTICATED),
            false if !has(UNAUTHENTICATED) && !has(AUTHENTICATED) => Some(AUTHENTICATED),
            true | false => None,
        };
        self.groups.extend(missing.map(str::to_owned));
        User {
            name: self.user,
            uid: self.uid,
            groups: self.groups,
            extra: self.extra,
        }
    }
}

fn request(group: &str, resource: &str, namespace: &str, subresource: &str, name: &str) -> RequestInfo {
    RequestInfo {
        path: String::new(),
        verb: "impersonate",
        resource: Some(ResourceInfo {
            // No verb of the API: rules of access know what is done by the other one.
            verb: Verb::Get,
            group: group.to_owned(),
            version: if group.is_empty() { "" } else { "v1" }.to_owned(),
            namespace: namespace.to_owned(),
            resource: resource.to_owned(),
            subresource: subresource.to_owned(),
            name: name.to_owned(),
            label_selector: String::new(),
            field_selector: String::new(),
        }),
    }
}
