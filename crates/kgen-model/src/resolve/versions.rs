//! `kgen::version!`: which module belongs to which version.

use super::Resolver;
use super::constants::says;
use crate::draft::{DraftModule, DraftVersion};
use crate::markers::{Place, Use, UseValue, Uses};
use crate::model::{ApiVersion, Deprecation, Lifecycle, VersionId};
use crate::names;
use crate::report::Diagnostic;
use crate::span::Span;

/// What a module says of its version.
struct Stated {
    module: usize,
    version: ApiVersion,
    allow_float: bool,
    storage: bool,
}

impl Resolver<'_> {
    /// Versions come in the order that the model promises, whatever the modules are called.
    pub(super) fn versions(&mut self) {
        let mut all = Vec::new();
        for (index, module) in self.draft.modules.iter().enumerate() {
            let Some(first) = module.versions.first() else { continue };
            for second in &module.versions[1..] {
                self.report.push(
                    Diagnostic::error("repeated-version", second.span, "this module states its version twice")
                        .related(first.span, "first here")
                        .help("keep one `kgen::version!` in a module"),
                );
            }
            all.extend(self.version(index, module, first));
        }
        let stated: Vec<(String, String)> = all
            .iter()
            .map(|Stated { version, .. }| (version.group.clone(), version.version.clone()))
            .collect();
        let of_kube = self.kube_versions(&stated);
        of_kube
            .iter()
            .for_each(|(_, version)| self.legal_names(Uses(&[]), version.span, &version.group, &version.version));
        all.extend(of_kube.into_iter().map(|(module, version)| Stated {
            module,
            version,
            allow_float: false,
            storage: false,
        }));
        all.sort_by(|Stated { version: a, .. }, Stated { version: b, .. }| {
            let by_version = || names::compare_versions(&a.version, &b.version);
            a.group
                .cmp(&b.group)
                .then_with(by_version)
                .then_with(|| a.module.cmp(&b.module))
        });
        all.into_iter().for_each(|stated| self.add_version(stated));
        self.inherit();
        self.kube_modules();
    }

    fn version(&mut self, index: usize, module: &DraftModule, draft: &DraftVersion) -> Option<Stated> {
        let uses = self.check(index, &draft.markers, &[Place::Version]);
        let uses = Uses(&uses);
        let (Some(group), Some(version)) = (uses.text("group"), uses.text("version")) else {
            for name in ["group", "version"]
                .into_iter()
                .filter(|name| !says(&draft.markers, name))
            {
                let message = format!("`kgen::version!` does not say its `{name}`");
                self.report.push(
                    Diagnostic::error("incomplete-version", draft.span, message)
                        .help("write `kgen::version! { group = \"shop.example.com\", version = \"v1\" }`"),
                );
            }
            return None;
        };
        self.legal_names(uses, draft.span, &group, &version);
        let plain = plain(&group, &version, module, draft.span);
        let version = ApiVersion {
            schema_prefix: uses.text("schema_prefix").unwrap_or(plain.schema_prefix),
            client_name: uses.text("client_name").unwrap_or(plain.client_name),
            served: uses.find("served").is_none_or(is_true),
            deprecation: uses.find("deprecated").map(deprecation),
            lifecycle: uses.find("lifecycle").map(|marker| self.lifecycle(marker)),
            generate: uses.find("generate").map(switches).unwrap_or_default(),
            module: plain.module,
            docs: plain.docs,
            span: draft.span,
            group,
            version,
        };
        Some(Stated {
            module: index,
            allow_float: uses.says("allow_float"),
            storage: uses.says("storage"),
            version,
        })
    }

    fn legal_names(&mut self, uses: Uses<'_, '_>, whole: Span, group: &str, version: &str) {
        let span = |name| uses.find(name).map_or(whole, |marker| marker.span);
        if !group.is_empty() && !names::is_dns_subdomain(group) {
            self.report.push(
                Diagnostic::error(
                    "bad-name",
                    span("group"),
                    format!("the group `{group}` is no DNS subdomain"),
                )
                .help("write lower-case labels joined by dots, such as `shop.example.com`"),
            );
        }
        if !names::is_dns_label(version) || version.starts_with(|first: char| first.is_ascii_digit()) {
            self.report.push(
                Diagnostic::error(
                    "bad-name",
                    span("version"),
                    format!("the version `{version}` is no DNS label that begins with a letter"),
                )
                .help("write `v1`, `v1beta1` or `v2alpha1`"),
            );
        }
    }

    pub(super) fn lifecycle(&mut self, marker: &Use<'_>) -> Lifecycle {
        for name in ["introduced", "deprecated", "removed"] {
            let text = marker.text(name).unwrap_or_else(|| "1.0".to_owned());
            let parts: Vec<&str> = text.split('.').collect();
            let is_number = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
            if parts.len() != 2 || !parts.iter().all(is_number) {
                let message = format!("the release `{text}` is not of the form `major.minor`");
                self.report.push(
                    Diagnostic::error("bad-name", marker.span_of(&text), message)
                        .help("write it without `v` and without a patch version, such as `1.3`"),
                );
            }
        }
        let replacement = marker.text("replacement");
        if let Some(text) = replacement.as_ref().filter(|text| text.split('/').count() != 3) {
            let message = format!("the replacement `{text}` is not of the form `group/version/Kind`");
            self.report.push(
                Diagnostic::error("bad-name", marker.span_of(text), message)
                    .help("write all three, such as `shop.example.com/v1/Order`"),
            );
        }
        Lifecycle {
            introduced: marker.text("introduced"),
            deprecated: marker.text("deprecated"),
            removed: marker.text("removed"),
            replacement,
        }
    }

    fn add_version(&mut self, stated: Stated) {
        let Stated {
            module,
            version,
            allow_float,
            storage,
        } = stated;
        let id = VersionId(u32::try_from(self.versions.len()).unwrap_or(u32::MAX));
        if allow_float {
            self.allow_float.push(id);
        }
        if storage {
            self.storage_versions.push(id);
        }
        let same = |have: &&ApiVersion| have.group == version.group && have.version == version.version;
        if let Some(first) = self.versions.iter().find(same) {
            let message = format!("two modules hold `{}`", version.api_version());
            self.report.push(
                Diagnostic::error("duplicate-version", version.span, message)
                    .related(first.span, "first here")
                    .help("put sub-modules into the version's module: they belong to its version"),
            );
        }
        self.version_of[module] = Some(id);
        self.versions.push(version);
    }

    /// Sub-modules belong to the version of the nearest module above.
    fn inherit(&mut self) {
        for (index, module) in self.draft.modules.iter().enumerate() {
            if self.version_of[index].is_none() {
                let holder = self
                    .versions
                    .iter()
                    .enumerate()
                    .filter(|(_, version)| module.path.starts_with(&version.module))
                    .max_by_key(|(_, version)| version.module.len());
                self.version_of[index] = holder.map(|(at, _)| VersionId(u32::try_from(at).unwrap_or(u32::MAX)));
            }
        }
    }
}

/// A version of which nothing is said but its names.
pub(super) fn plain(group: &str, version: &str, module: &DraftModule, span: Span) -> ApiVersion {
    let client_name = match group.split('.').next() {
        Some("") | None => "core",
        Some(label) => label,
    };
    let reversed = names::reversed_group(group);
    let schema_prefix = match reversed.is_empty() {
        true => format!("io.k8s.api.core.{version}"),
        false => format!("{reversed}.{version}"),
    };
    ApiVersion {
        group: group.to_owned(),
        version: version.to_owned(),
        module: module.path.clone(),
        docs: module.docs.clone(),
        schema_prefix,
        client_name: client_name.to_owned(),
        served: true,
        deprecation: None,
        lifecycle: None,
        generate: std::collections::BTreeMap::new(),
        span,
    }
}

pub(super) fn is_true(marker: &Use<'_>) -> bool {
    marker.value.as_ref().and_then(UseValue::literal) == Some(&crate::literal::Literal::Bool(true))
}

pub(super) fn deprecation(marker: &Use<'_>) -> Deprecation {
    Deprecation {
        warning: marker.value.as_ref().and_then(UseValue::text),
    }
}

pub(super) fn switches(marker: &Use<'_>) -> std::collections::BTreeMap<String, bool> {
    let on = |value: &UseValue| value.literal() == Some(&crate::literal::Literal::Bool(true));
    marker
        .args
        .iter()
        .map(|(name, value)| (name.clone(), on(value)))
        .collect()
}
