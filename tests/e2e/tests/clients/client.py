"""Drives a server of the sample API with Kubernetes' client for Python. Takes a kubeconfig; ends with "ok"."""

import sys
import threading

from kubernetes import client, config, dynamic, watch
from kubernetes.client.exceptions import ApiException

GROUP, VERSION, NAMESPACE, PLURAL = "wardle.example.com", "v1beta1", "default", "flunders"


def main(kubeconfig):
    config.load_kube_config(kubeconfig)
    version = client.VersionApi().get_code()
    assert version.major.isdigit() and version.minor.isdigit(), version
    groups = [group.name for group in client.ApisApi().get_api_versions().groups]
    assert GROUP in groups, groups

    api = client.CustomObjectsApi()
    flunder = {
        "apiVersion": f"{GROUP}/{VERSION}",
        "kind": "Flunder",
        "metadata": {"name": "python", "labels": {"by": "python"}},
        "spec": {"flunderReference": "other", "referenceType": "Flunder"},
    }
    seen = []
    listed = api.list_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL)
    watcher = watch.Watch()

    def follow():
        stream = watcher.stream(
            api.list_namespaced_custom_object, GROUP, VERSION, NAMESPACE, PLURAL,
            label_selector="by=python", resource_version=listed["metadata"]["resourceVersion"], timeout_seconds=20,
        )
        for event in stream:
            seen.append(event["type"])
            if event["type"] == "DELETED":
                watcher.stop()

    follower = threading.Thread(target=follow)
    follower.start()

    created = api.create_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL, flunder)
    assert created["metadata"]["uid"], created
    expect(409, "AlreadyExists", lambda: api.create_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL, flunder))
    found = api.get_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL, "python")
    found["spec"]["flunderReference"] = "second"
    replaced = api.replace_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL, "python", found)
    assert replaced["spec"]["flunderReference"] == "second", replaced
    expect(409, "Conflict", lambda: api.replace_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL, "python", created))

    resources = dynamic.DynamicClient(client.ApiClient()).resources
    resource = resources.get(api_version=f"{GROUP}/v1alpha1", kind="Flunder")
    body = {"metadata": {"labels": {"patched": "yes"}}}
    patched = resource.patch(
        name="python", namespace=NAMESPACE, body=body, content_type="application/merge-patch+json")
    assert patched.metadata.labels.patched == "yes" and patched.spec.reference == "second", patched
    applied = resource.server_side_apply(
        name="python", namespace=NAMESPACE, field_manager="python",
        body={"apiVersion": f"{GROUP}/v1alpha1", "kind": "Flunder", "metadata": {"name": "python", "labels": {"applied": "yes"}}},
    )
    assert applied.metadata.labels.applied == "yes", applied
    assert [item.metadata.name for item in resource.get(namespace=NAMESPACE, label_selector="by=python,applied").items] == ["python"]

    api.delete_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL, "python")
    expect(404, "NotFound", lambda: api.get_namespaced_custom_object(GROUP, VERSION, NAMESPACE, PLURAL, "python"))
    follower.join()
    assert seen == ["ADDED", "MODIFIED", "MODIFIED", "MODIFIED", "DELETED"], seen
    print("ok")


def expect(code, reason, request):
    try:
        request()
    except ApiException as error:
        assert error.status == code and reason in error.body, error
    else:
        raise AssertionError(f"should be answered {code} {reason}")


main(sys.argv[1])
