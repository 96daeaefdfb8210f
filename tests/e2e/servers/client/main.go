// Command client drives a server of the sample API with the clientset, the informers and the apply configurations that
// Kubernetes' generators made of it. It takes a kubeconfig and ends with "ok" or with what is wrong.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"time"

	"k8s.io/apimachinery/pkg/api/equality"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/apimachinery/pkg/watch"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/pager"
	"k8s.io/client-go/util/retry"

	"k8s.io/sample-apiserver/pkg/apis/wardle/v1alpha1"
	"k8s.io/sample-apiserver/pkg/apis/wardle/v1beta1"
	applyv1beta1 "k8s.io/sample-apiserver/pkg/generated/applyconfiguration/wardle/v1beta1"
	"k8s.io/sample-apiserver/pkg/generated/clientset/versioned"
	"k8s.io/sample-apiserver/pkg/generated/informers/externalversions"
)

const namespace = "default"

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := run(ctx, os.Args[1]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ok")
}

func run(ctx context.Context, kubeconfig string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	clients, err := versioned.NewForConfig(config)
	if err != nil {
		return err
	}
	flunders := clients.WardleV1beta1().Flunders(namespace)

	// The informer starts before there is anything, and sees all that happens.
	events := make(chan string, 100)
	factory := externalversions.NewSharedInformerFactory(clients, 0)
	informer := factory.Wardle().V1beta1().Flunders()
	_, err = informer.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { events <- "added " + object.(*v1beta1.Flunder).Name },
		UpdateFunc: func(_, object any) { events <- "updated " + object.(*v1beta1.Flunder).Name },
		DeleteFunc: func(object any) { events <- "deleted " + object.(*v1beta1.Flunder).Name },
	})
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	for _, synced := range factory.WaitForCacheSync(ctx.Done()) {
		if !synced {
			return fmt.Errorf("the informer does not sync")
		}
	}

	flunder := &v1beta1.Flunder{
		ObjectMeta: metav1.ObjectMeta{Name: "go", Labels: map[string]string{"by": "go"}},
		Spec:       v1beta1.FlunderSpec{FlunderReference: "other", ReferenceType: v1beta1.FlunderReferenceType},
	}
	created, err := flunders.Create(ctx, flunder, metav1.CreateOptions{FieldManager: "go"})
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	if _, err := flunders.Create(ctx, flunder, metav1.CreateOptions{}); !errors.IsAlreadyExists(err) {
		return fmt.Errorf("create again: %v", err)
	}
	if err := await(ctx, events, "added go"); err != nil {
		return err
	}

	err = retry.RetryOnConflict(retry.DefaultRetry, func() error {
		live, err := flunders.Get(ctx, "go", metav1.GetOptions{})
		if err != nil {
			return err
		}
		live.Spec.FlunderReference = "second"
		_, err = flunders.Update(ctx, live, metav1.UpdateOptions{})
		return err
	})
	if err != nil {
		return fmt.Errorf("update: %w", err)
	}
	created.Labels["stale"] = "yes"
	if _, err := flunders.Update(ctx, created, metav1.UpdateOptions{}); !errors.IsConflict(err) {
		return fmt.Errorf("update a stale one: %v", err)
	}
	if err := await(ctx, events, "updated go"); err != nil {
		return err
	}
	patch := []byte(`{"metadata":{"labels":{"patched":"yes"}}}`)
	if _, err := flunders.Patch(ctx, "go", types.MergePatchType, patch, metav1.PatchOptions{}); err != nil {
		return fmt.Errorf("patch: %w", err)
	}
	apply := applyv1beta1.Flunder("go", namespace).WithLabels(map[string]string{"applied": "yes"})
	applied, err := flunders.Apply(ctx, apply, metav1.ApplyOptions{FieldManager: "applier"})
	if err != nil {
		return fmt.Errorf("apply: %w", err)
	}
	if applied.Labels["applied"] != "yes" || applied.Labels["patched"] != "yes" {
		return fmt.Errorf("apply: labels are %v", applied.Labels)
	}
	other := apply.WithSpec(applyv1beta1.FlunderSpec().WithFlunderReference("third").WithReferenceType(v1beta1.FlunderReferenceType))
	if _, err := flunders.Apply(ctx, other, metav1.ApplyOptions{FieldManager: "other"}); !errors.IsConflict(err) {
		return fmt.Errorf("apply without force: %v", err)
	}

	if err := others(ctx, kubeconfig, clients); err != nil {
		return err
	}
	err = flunders.DeleteCollection(ctx, metav1.DeleteOptions{}, metav1.ListOptions{LabelSelector: "by=go"})
	if err != nil {
		return fmt.Errorf("deletecollection: %w", err)
	}
	if err := await(ctx, events, "deleted go"); err != nil {
		return err
	}
	if _, err := flunders.Get(ctx, "go", metav1.GetOptions{}); !errors.IsNotFound(err) {
		return fmt.Errorf("get a deleted one: %v", err)
	}
	// The others go at the same time, in any order.
	selector := labels.SelectorFromSet(labels.Set{"by": "go"})
	gone := func(context.Context) (bool, error) {
		listed, err := informer.Lister().List(selector)
		return len(listed) == 0, err
	}
	if err := wait.PollUntilContextTimeout(ctx, 10*time.Millisecond, 20*time.Second, true, gone); err != nil {
		return fmt.Errorf("the lister still has what was deleted: %w", err)
	}
	return nil
}

// others drives the clients that know no types: discovery, dynamic and metadata, with pages.
func others(ctx context.Context, kubeconfig string, clients *versioned.Clientset) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	lists, err := discovery.ServerPreferredResources(clients.Discovery())
	if err != nil {
		return fmt.Errorf("discovery: %w", err)
	}
	found := map[string]bool{}
	for _, list := range lists {
		for _, resource := range list.APIResources {
			found[list.GroupVersion+"/"+resource.Name] = true
		}
	}
	if !found["wardle.example.com/v1beta1/flunders"] || !found["wardle.example.com/v1alpha1/fischers"] {
		return fmt.Errorf("discovery: %v", found)
	}
	gvr := schema.GroupVersionResource{Group: "wardle.example.com", Version: "v1alpha1", Resource: "flunders"}
	dynamicClient, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	resource := dynamicClient.Resource(gvr).Namespace(namespace)
	for i := range 5 {
		flunder := &v1beta1.Flunder{ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprintf("page-%d", i), Labels: map[string]string{"by": "go"}}}
		if _, err := clients.WardleV1beta1().Flunders(namespace).Create(ctx, flunder, metav1.CreateOptions{}); err != nil {
			return fmt.Errorf("create %s: %w", flunder.Name, err)
		}
	}
	pages := pager.New(func(ctx context.Context, options metav1.ListOptions) (runtime.Object, error) {
		return resource.List(ctx, options)
	})
	pages.PageSize = 2
	count := 0
	err = pages.EachListItem(ctx, metav1.ListOptions{LabelSelector: "by=go"}, func(runtime.Object) error {
		count++
		return nil
	})
	if err != nil || count != 6 {
		return fmt.Errorf("pages: %d objects, %v", count, err)
	}
	return bareMetadata(ctx, config, dynamicClient, gvr)
}

// bareMetadata drives the client that the garbage collector has, which asks for protocol buffers and gets them.
func bareMetadata(ctx context.Context, config *rest.Config, whole dynamic.Interface, gvr schema.GroupVersionResource) error {
	forms := &contentTypes{seen: map[string]int{}}
	config = rest.CopyConfig(config)
	config.Wrap(func(next http.RoundTripper) http.RoundTripper {
		forms.next = next
		return forms
	})
	all, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	client := all.Resource(gvr).Namespace(namespace)
	object, err := client.Get(ctx, "go", metav1.GetOptions{})
	if err != nil {
		return fmt.Errorf("metadata: %w", err)
	}
	expected, err := whole.Resource(gvr).Namespace(namespace).Get(ctx, "go", metav1.GetOptions{})
	if err != nil {
		return err
	}
	var typed v1alpha1.Flunder
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(expected.Object, &typed); err != nil {
		return err
	}
	if !equality.Semantic.DeepEqual(object.ObjectMeta, typed.ObjectMeta) {
		return fmt.Errorf("metadata: %v instead of %v", object.ObjectMeta, typed.ObjectMeta)
	}
	list, err := client.List(ctx, metav1.ListOptions{Limit: 2, LabelSelector: "by=go"})
	if err != nil || len(list.Items) != 2 || list.Continue == "" || list.RemainingItemCount != nil {
		return fmt.Errorf("metadata list: %v, %v", list, err)
	}
	watcher, err := client.Watch(ctx, metav1.ListOptions{ResourceVersion: list.ResourceVersion, LabelSelector: "by=go"})
	if err != nil {
		return fmt.Errorf("metadata watch: %w", err)
	}
	defer watcher.Stop()
	deletion := metav1.DeleteOptions{Preconditions: metav1.NewUIDPreconditions(string(list.Items[1].UID))}
	if err := client.Delete(ctx, list.Items[1].Name, deletion); err != nil {
		return fmt.Errorf("metadata delete: %w", err)
	}
	select {
	case event := <-watcher.ResultChan():
		partial, ok := event.Object.(*metav1.PartialObjectMetadata)
		if !ok || event.Type != watch.Deleted || partial.Name != list.Items[1].Name {
			text, _ := json.Marshal(event)
			return fmt.Errorf("metadata watch: %s", text)
		}
	case <-time.After(20 * time.Second):
		return fmt.Errorf("metadata watch: nothing comes")
	}
	if _, err := client.Get(ctx, list.Items[1].Name, metav1.GetOptions{}); !errors.IsNotFound(err) {
		return fmt.Errorf("metadata of a deleted one: %v", err)
	}
	if forms.seen[runtime.ContentTypeProtobuf] != 3 || forms.seen[runtime.ContentTypeProtobuf+";stream=watch"] != 1 {
		return fmt.Errorf("metadata: the answers are %v", forms.seen)
	}
	return nil
}

// contentTypes counts the answers of each media type.
type contentTypes struct {
	next http.RoundTripper
	seen map[string]int
}

func (c *contentTypes) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := c.next.RoundTrip(request)
	if err == nil {
		c.seen[response.Header.Get("Content-Type")]++
	}
	return response, err
}

func await(ctx context.Context, events <-chan string, wanted string) error {
	seen := []string{}
	for {
		select {
		case event := <-events:
			if event == wanted {
				return nil
			}
			seen = append(seen, event)
		case <-time.After(20 * time.Second):
			return fmt.Errorf("no event %q; seen: %v", wanted, seen)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
