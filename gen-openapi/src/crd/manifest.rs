//! A definition as the API object that a cluster is given. Members stand in the order of their names.

use std::collections::BTreeMap;

use kgen_model::model::{Column, ConversionWebhook, Scope};
use serde::Serialize;

use super::plan::{CrdPlan, VersionPlan};
use crate::schema::Schema;

type Strings<'p> = BTreeMap<&'p str, &'p str>;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Manifest<'p> {
    api_version: &'static str,
    kind: &'static str,
    metadata: Metadata<'p>,
    spec: Spec<'p>,
}

#[derive(Serialize)]
struct Metadata<'p> {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    annotations: &'p Strings<'p>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: &'p Strings<'p>,
    name: &'p str,
}

#[derive(Serialize)]
struct Spec<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    conversion: Option<Conversion<'p>>,
    group: &'p str,
    names: Names<'p>,
    scope: &'static str,
    versions: Vec<Version<'p>>,
}

#[derive(Serialize)]
struct Conversion<'p> {
    strategy: &'static str,
    webhook: Webhook<'p>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Webhook<'p> {
    client_config: ClientConfig<'p>,
    conversion_review_versions: &'p [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ClientConfig<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ca_bundle: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<Service<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'p str>,
}

#[derive(Serialize)]
struct Service<'p> {
    name: &'p str,
    namespace: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<i64>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Names<'p> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    categories: &'p [&'p str],
    kind: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    list_kind: Option<&'p str>,
    plural: &'p str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    short_names: &'p [&'p str],
    singular: &'p str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Version<'p> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    additional_printer_columns: Vec<PrinterColumn<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecated: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecation_warning: Option<&'p str>,
    name: &'p str,
    schema: Validation<'p>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    selectable_fields: Vec<SelectableField<'p>>,
    served: bool,
    storage: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    subresources: Option<Subresources<'p>>,
}

#[derive(Serialize)]
struct Validation<'p> {
    #[serde(rename = "openAPIV3Schema", skip_serializing_if = "Option::is_none")]
    schema: Option<&'p Schema>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PrinterColumn<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'p str>,
    json_path: &'p str,
    name: &'p str,
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<i32>,
    #[serde(rename = "type")]
    type_: &'p str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SelectableField<'p> {
    json_path: &'p str,
}

#[derive(Serialize)]
struct Subresources<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<Scale<'p>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scale<'p> {
    #[serde(skip_serializing_if = "Option::is_none")]
    label_selector_path: Option<&'p str>,
    spec_replicas_path: &'p str,
    status_replicas_path: &'p str,
}

#[derive(Serialize)]
struct Status {}

/// The manifest of a definition.
pub(super) fn of<'p>(plan: &'p CrdPlan<'_>) -> Manifest<'p> {
    Manifest {
        api_version: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: Metadata {
            annotations: &plan.annotations,
            labels: &plan.labels,
            name: &plan.name,
        },
        spec: Spec {
            conversion: plan.webhook.map(conversion),
            group: plan.group,
            names: names(plan),
            scope: match plan.scope {
                Scope::Namespaced => "Namespaced",
                Scope::Cluster => "Cluster",
            },
            versions: plan.versions.iter().map(version).collect(),
        },
    }
}

fn conversion(webhook: &ConversionWebhook) -> Conversion<'_> {
    Conversion {
        strategy: "Webhook",
        webhook: Webhook {
            client_config: ClientConfig {
                ca_bundle: webhook.ca_bundle.as_deref(),
                service: webhook.service.as_ref().map(|service| Service {
                    name: &service.name,
                    namespace: &service.namespace,
                    path: service.path.as_deref(),
                    port: service.port,
                }),
                url: webhook.url.as_deref(),
            },
            conversion_review_versions: &webhook.review_versions,
        },
    }
}

fn names<'p>(plan: &'p CrdPlan<'_>) -> Names<'p> {
    let names = &plan.names;
    Names {
        categories: &names.categories,
        kind: names.kind,
        list_kind: names.list_kind,
        plural: names.plural,
        short_names: &names.short_names,
        singular: names.singular,
    }
}

fn version<'p>(plan: &'p VersionPlan<'_>) -> Version<'p> {
    Version {
        additional_printer_columns: plan.columns.iter().map(column).collect(),
        deprecated: plan.deprecation.map(|_| true),
        deprecation_warning: plan.deprecation.and_then(|deprecation| deprecation.warning.as_deref()),
        name: plan.name,
        schema: Validation {
            schema: plan.schema.as_ref(),
        },
        selectable_fields: plan
            .selectable
            .iter()
            .map(|json_path| SelectableField { json_path })
            .collect(),
        served: plan.served,
        storage: plan.storage,
        subresources: subresources(plan),
    }
}

fn column(column: &Column) -> PrinterColumn<'_> {
    PrinterColumn {
        description: column.description.as_deref(),
        format: column.format.as_deref(),
        json_path: &column.path,
        name: &column.name,
        priority: Some(column.priority).filter(|priority| *priority != 0),
        type_: &column.type_,
    }
}

fn subresources<'p>(plan: &'p VersionPlan<'_>) -> Option<Subresources<'p>> {
    let scale = plan.scale.map(|scale| Scale {
        label_selector_path: scale.selector_path.as_deref(),
        spec_replicas_path: &scale.spec_path,
        status_replicas_path: &scale.status_path,
    });
    let status = plan.status.then_some(Status {});
    (scale.is_some() || status.is_some()).then_some(Subresources { scale, status })
}
