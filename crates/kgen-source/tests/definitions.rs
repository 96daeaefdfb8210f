//! Whatever stands in a file of definitions, loading ends without a panic, and every finding lies in the file.

use kgen_model::{Report, Sources, resolve};
use kgen_source::crd::{CrdOptions, load_text};
use proptest::prelude::*;

const DEFINITION: &str = "apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: orders.shop.example.com, labels: {a: b}}
spec:
  group: shop.example.com
  names: {kind: Order, plural: orders, shortNames: [o]}
  scope: Namespaced
  conversion: {strategy: Webhook, webhook: {conversionReviewVersions: [v1], clientConfig: {url: 'https://example.com'}}}
  versions:
    - name: v1
      served: true
      storage: true
      subresources: {status: {}, scale: {specReplicasPath: .spec.a, statusReplicasPath: .status.b}}
      additionalPrinterColumns: [{name: A, type: string, jsonPath: .spec.a, priority: 1}]
      schema:
        openAPIV3Schema:
          type: object
          properties:
            apiVersion: {type: string}
            metadata: {type: object, properties: {name: {type: string, maxLength: 3}}}
            spec:
              type: object
              required: [lines, any]
              properties:
                lines: &lines
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [sku]
                  items:
                    type: object
                    required: [sku]
                    properties:
                      sku: {type: string, enum: [a, A, '', '=']}
                      count: {type: integer, format: int32, default: 1, minimum: 0, exclusiveMinimum: true}
                more: *lines
                any: {type: object, additionalProperties: {x-kubernetes-int-or-string: true}}
                free: {x-kubernetes-preserve-unknown-fields: true}
                rule: {type: string, anyOf: [{pattern: ^x}, {not: {enum: [y1]}}], x-kubernetes-validations: [{rule: self != ''}]}
";

const SCRAPS: [&str; 24] = [
    "",
    " ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "null",
    "&lines ",
    "*lines",
    "<<: ",
    "1e999",
    "\u{0}",
    "é",
    "'",
    "\"",
    "type: object",
    "$ref: x",
    "items",
    "properties",
    "---\n",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn scraps_in_a_definition_do_no_harm(edits in prop::collection::vec((0..DEFINITION.len(), 0..40_usize, 0..SCRAPS.len()), 1..4)) {
        let mut text = DEFINITION.to_owned();
        for (at, length, scrap) in edits {
            let boundary = |at: usize, text: &str| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let (start, end) = (boundary(at, &text), boundary(at + length, &text));
            text.replace_range(start..end, SCRAPS[scrap]);
        }
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let root = ["crate".to_owned()];
        let draft = load_text("crd.yaml", text.as_str(), &root, &CrdOptions::default(), &mut sources, &mut report);
        let _ = resolve(&draft, &mut report);
        for found in report.diagnostics() {
            let span = found.span.unwrap_or_default();
            prop_assert!(span.start <= span.end && span.end as usize <= text.len(), "{found:?}");
        }
    }
}

#[test]
fn the_definition_itself_is_whole() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let root = ["crate".to_owned()];
    let draft = load_text(
        "crd.yaml",
        DEFINITION,
        &root,
        &CrdOptions::default(),
        &mut sources,
        &mut report,
    );
    let _ = resolve(&draft, &mut report);
    assert_eq!(report.diagnostics(), []);
}
