"""An operator written with kopf, and somebody who makes, changes and deletes what it cares for.

Takes a kubeconfig, a namespace and the plural of a kind: `flunders`, which have no status of their own, or `pools`, whose
status the operator writes. Ends with "ok".
"""

import asyncio
import logging
import os
import sys
import threading
import time

import kopf
from kubernetes import client, config
from kubernetes.client.exceptions import ApiException

PATIENCE = 60
PREFIX = "operator.example.com"

KINDS = {
    "flunders": {
        "version": ("wardle.example.com", "v1beta1"),
        "kind": "Flunder",
        "spec": {"flunderReference": "first", "referenceType": "Flunder"},
        "change": {"flunderReference": "second"},
        "field": "spec.flunderReference",
    },
    "pools": {
        "version": ("fleet.example.com", "v1"),
        "kind": "Pool",
        "spec": {
            "replicas": 2,
            "site": "rotterdam-2",
            "selector": {"matchLabels": {"pool": "a"}},
            "template": {},
        },
        "change": {"replicas": 5},
        "field": "spec.replicas",
    },
}


class Complaints(logging.Handler):
    """What kopf warns of: for one, fields that it wrote and that the server did not keep."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        if record.name.startswith("kopf"):
            self.lines.append(record.getMessage())


def main(kubeconfig, namespace, plural):
    about = KINDS[plural]
    group, version = about["version"]
    has_status = plural == "pools"
    called = []

    @kopf.on.login()
    def login(**kwargs):
        return kopf.login_with_kubeconfig(**kwargs)

    @kopf.on.startup()
    def configure(settings, **_):
        settings.persistence.finalizer = f"{PREFIX}/finalizer"
        settings.persistence.progress_storage = kopf.AnnotationsProgressStorage(prefix=PREFIX)
        settings.persistence.diffbase_storage = kopf.AnnotationsDiffBaseStorage(prefix=PREFIX)
        settings.posting.level = logging.WARNING

    @kopf.on.create(group, version, plural)
    def create(spec, patch, retry, **_):
        if retry == 0:
            # The attempts are counted in an annotation meanwhile.
            raise kopf.TemporaryError("not yet", delay=0.2)
        called.append("create")
        patch.metadata.labels["made"] = "yes"
        if has_status:
            patch.status["replicas"] = spec["replicas"]

    @kopf.on.update(group, version, plural, field=about["field"])
    def update(old, new, patch, **_):
        called.append(f"update {old} to {new}")
        patch.metadata.annotations[f"{PREFIX}/changed"] = f"{old} to {new}"
        if has_status:
            patch.status["replicas"] = new

    @kopf.on.delete(group, version, plural)
    def delete(**_):
        called.append("delete")

    os.environ["KUBECONFIG"] = kubeconfig
    ready, stop = threading.Event(), threading.Event()

    def operate():
        asyncio.run(kopf.operator(standalone=True, namespaces=[namespace], ready_flag=ready, stop_flag=stop))

    operator = threading.Thread(target=operate, daemon=True)
    operator.start()
    assert ready.wait(PATIENCE), "the operator does not start"
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    config.load_kube_config(kubeconfig)
    try:
        drive(client.CustomObjectsApi(), (group, version, namespace, plural), about, has_status)
    finally:
        stop.set()
        operator.join(PATIENCE)
    old, new = about["spec"], about["change"]
    changes = [f"update {old[name]} to {new[name]}" for name in new]
    assert called == ["create", *changes, "delete"], called
    expected = [line for line in complaints.lines if "not yet" not in line]
    assert not expected, expected
    print("ok")


def drive(api, place, about, has_status):
    body = {
        "apiVersion": "/".join(about["version"]),
        "kind": about["kind"],
        "metadata": {"name": "cared-for"},
        "spec": about["spec"],
    }
    api.create_namespaced_custom_object(*place, body)

    def get():
        return api.get_namespaced_custom_object(*place, "cared-for")

    def is_handled(found):
        annotations = found["metadata"].get("annotations", {})
        # What was handled last is remembered, and no progress is left.
        return f"{PREFIX}/last-handled-configuration" in annotations and not any(
            name.startswith(f"{PREFIX}/create") or name.startswith(f"{PREFIX}/update") for name in annotations
        )

    def has_written(found, spec):
        # kopf writes the status with a request of its own, after the rest.
        return not has_status or found.get("status", {}).get("replicas") == spec["replicas"]

    def is_made(found):
        labels = found["metadata"].get("labels", {})
        return labels.get("made") == "yes" and is_handled(found) and has_written(found, about["spec"])

    made = until(get, is_made)
    assert made["metadata"]["finalizers"] == [f"{PREFIX}/finalizer"], made
    assert made["metadata"]["generation"] == 1, made

    api.patch_namespaced_custom_object(*place, "cared-for", {"spec": about["change"]})
    def is_changed(found):
        annotations = found["metadata"]["annotations"]
        return f"{PREFIX}/changed" in annotations and is_handled(found) and has_written(found, about["change"])

    changed = until(get, is_changed)
    assert changed["metadata"]["generation"] == 2, changed

    api.delete_namespaced_custom_object(*place, "cared-for")
    until(lambda: exists(get), lambda is_there: not is_there)


def exists(get):
    try:
        get()
    except ApiException as error:
        assert error.status == 404, error
        return False
    return True


def until(ask, is_so):
    end = time.monotonic() + PATIENCE
    while True:
        answer = ask()
        if is_so(answer):
            return answer
        assert time.monotonic() < end, f"nothing comes after {answer}"
        time.sleep(0.1)


main(*sys.argv[1:])
