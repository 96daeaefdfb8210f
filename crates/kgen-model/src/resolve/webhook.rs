//! What a kind says of its definition as a whole: who converts its objects, and what its schema leaves out.

use super::Resolver;
use crate::literal::Literal;
use crate::markers::{Use, UseValue, Uses};
use crate::model::{ConversionWebhook, WebhookService};
use crate::names::closest;
use crate::report::Diagnostic;

/// The members that every object has, whatever its schema says.
const OF_EVERY_OBJECT: [&str; 3] = ["apiVersion", "kind", "metadata"];

impl Resolver<'_> {
    pub(super) fn webhook(&mut self, uses: Uses<'_, '_>) -> Option<ConversionWebhook> {
        let marker = uses.find("conversion_webhook")?;
        let (url, namespace, name) = (marker.text("url"), marker.text("namespace"), marker.text("name"));
        let path = marker.text("path");
        let port = match marker.args_named("port").next().and_then(UseValue::literal) {
            Some(Literal::Int(port)) => i64::try_from(*port).ok(),
            _ => None,
        };
        let says_service = [&namespace, &name, &path].into_iter().any(Option::is_some) || port.is_some();
        if url.is_some() == says_service || says_service && (namespace.is_none() || name.is_none()) {
            let message = "a webhook has either a `url`, or the `namespace` and `name` of its service";
            self.report.push(
                Diagnostic::error("bad-marker-argument", marker.span, message)
                    .help(format!("for example: {}", marker.def.example)),
            );
        }
        Some(ConversionWebhook {
            review_versions: texts(marker),
            url,
            service: says_service.then(|| WebhookService {
                namespace: namespace.unwrap_or_default(),
                name: name.unwrap_or_default(),
                path,
                port,
            }),
            ca_bundle: marker.text("ca_bundle"),
        })
    }

    pub(super) fn omitted(&mut self, uses: Uses<'_, '_>) -> Vec<String> {
        let Some(marker) = uses.find("omits") else {
            return Vec::new();
        };
        let members: Vec<String> = marker.args_named("members").filter_map(UseValue::text).collect();
        for member in members
            .iter()
            .filter(|member| !OF_EVERY_OBJECT.contains(&member.as_str()))
        {
            let message = format!("not every object has `{member}`, so that leaving it out is no choice");
            let help = match closest(member, OF_EVERY_OBJECT) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`omits` is about `apiVersion`, `kind` and `metadata`".to_owned(),
            };
            self.report
                .push(Diagnostic::error("bad-marker-argument", marker.span_of(member), message).help(help));
        }
        members
    }
}

fn texts(marker: &Use<'_>) -> Vec<String> {
    match marker.args_named("versions").next().and_then(UseValue::literal) {
        Some(Literal::List(values)) => values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}
