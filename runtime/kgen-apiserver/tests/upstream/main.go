// Runs scenarios through the field manager of Kubernetes and adds to each step what came of it. Where the step has
// already an outcome, it is replaced.
//
//	go run . < scenarios.jsonl > new.jsonl
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/structured-merge-diff/v6/fieldpath"
)

type scenario struct {
	Name    string `json:"name,omitempty"`
	Deduced bool   `json:"deduced,omitempty"`
	Steps   []step `json:"steps"`
}

type step struct {
	Op          string                 `json:"op"`
	Version     string                 `json:"version,omitempty"`
	Subresource string                 `json:"subresource,omitempty"`
	Manager     string                 `json:"manager"`
	Force       bool                   `json:"force,omitempty"`
	Changed     bool                   `json:"changed,omitempty"`
	Object      map[string]interface{} `json:"object"`
	Want        *outcome               `json:"want,omitempty"`
}

type outcome struct {
	Object map[string]interface{} `json:"object,omitempty"`
	Error  string                 `json:"error,omitempty"`
	Causes []cause                `json:"causes,omitempty"`
}

type cause struct {
	Message string `json:"message"`
	Field   string `json:"field"`
}

const group = "example.com"

// The versions differ in one name: v1 has spec.old where v2 has spec.new. Any other version is not registered.
type converter struct{}

func (converter) Convert(in, out, context interface{}) error { return fmt.Errorf("not used") }

func (converter) ConvertFieldLabel(gvk schema.GroupVersionKind, label, value string) (string, string, error) {
	return label, value, nil
}

func (converter) ConvertToVersion(in runtime.Object, to runtime.GroupVersioner) (runtime.Object, error) {
	gv := to.(schema.GroupVersion)
	from, names := "new", "old"
	switch gv.Version {
	case "v1":
	case "v2":
		from, names = "old", "new"
	default:
		return nil, runtime.NewNotRegisteredErrForKind("test", gv.WithKind("Thing"))
	}
	out := in.(*unstructured.Unstructured).DeepCopy()
	out.SetAPIVersion(gv.String())
	if spec, ok := out.Object["spec"].(map[string]interface{}); ok {
		if value, ok := spec[from]; ok {
			delete(spec, from)
			spec[names] = value
		}
	}
	return out, nil
}

type creater struct{}

func (creater) New(gvk schema.GroupVersionKind) (runtime.Object, error) {
	out := &unstructured.Unstructured{Object: map[string]interface{}{}}
	out.SetGroupVersionKind(gvk)
	return out, nil
}

type defaulter struct{}

func (defaulter) Default(runtime.Object) {}

func declared(file string) managedfields.TypeConverter {
	document, err := os.ReadFile(file)
	must(err)
	var models struct {
		Components struct {
			Schemas map[string]*spec.Schema `json:"schemas"`
		} `json:"components"`
	}
	must(json.Unmarshal(document, &models))
	types, err := managedfields.NewTypeConverter(models.Components.Schemas, false)
	must(err)
	return types
}

func run(s *scenario, first, changed managedfields.TypeConverter) {
	var live *unstructured.Unstructured
	for i := range s.Steps {
		step := &s.Steps[i]
		version := step.Version
		if version == "" {
			version = "v1"
		}
		gvk := schema.GroupVersionKind{Group: group, Version: version, Kind: "Thing"}
		reset := map[fieldpath.APIVersion]fieldpath.Filter{}
		for _, version := range []string{"v1", "v2"} {
			names := []string{"status"}
			if step.Subresource == "status" {
				names = []string{"spec", "metadata"}
			}
			set := fieldpath.NewSet()
			for _, name := range names {
				set.Insert(fieldpath.MakePathOrDie(name))
			}
			reset[fieldpath.APIVersion(group+"/"+version)] = fieldpath.NewExcludeSetFilter(set)
		}
		types := first
		if s.Deduced {
			types = managedfields.NewDeducedTypeConverter()
		} else if step.Changed {
			types = changed
		}
		manager, err := managedfields.NewDefaultFieldManager(types, converter{}, defaulter{}, creater{}, gvk, schema.GroupVersion{Group: group, Version: "v1"}, step.Subresource, reset)
		must(err)
		if live == nil {
			object, _ := creater{}.New(gvk)
			live = object.(*unstructured.Unstructured)
		}
		object := &unstructured.Unstructured{Object: runtime.DeepCopyJSON(step.Object)}
		step.Want = &outcome{}
		var out runtime.Object
		if step.Op == "apply" {
			out, err = manager.Apply(live.DeepCopy(), object, step.Manager, step.Force)
		} else {
			if uid := live.GetUID(); uid != "" {
				object.SetUID(uid)
			}
			out = manager.UpdateNoErrors(live.DeepCopy(), object, step.Manager)
		}
		if err != nil {
			step.Want.Error = err.Error()
			if status, ok := err.(*apierrors.StatusError); ok && status.Status().Details != nil {
				for _, c := range status.Status().Details.Causes {
					step.Want.Causes = append(step.Want.Causes, cause{Message: c.Message, Field: c.Field})
				}
			}
			causes := step.Want.Causes
			sort.Slice(causes, func(i, j int) bool {
				if causes[i].Message != causes[j].Message {
					return causes[i].Message < causes[j].Message
				}
				return causes[i].Field < causes[j].Field
			})
			continue
		}
		v1, err := converter{}.ConvertToVersion(out, schema.GroupVersion{Group: group, Version: "v1"})
		must(err)
		live = v1.(*unstructured.Unstructured)
		live.SetUID("uid-1")
		shown := live.DeepCopy()
		entries := shown.GetManagedFields()
		raw := []interface{}{}
		for _, entry := range entries {
			// Times differ from run to run; what is told is whether there is one.
			timed := "none"
			if entry.Time != nil {
				timed = "some"
			}
			// Within an unstructured object the fields have lost their order.
			fields := &fieldpath.Set{}
			must(fields.FromJSON(bytes.NewReader(entry.FieldsV1.Raw)))
			ordered, err := fields.ToJSON()
			must(err)
			raw = append(raw, strings.Join([]string{entry.Manager, string(entry.Operation), entry.APIVersion, entry.Subresource, timed, string(ordered)}, " | "))
		}
		sort.Slice(raw, func(i, j int) bool { return raw[i].(string) < raw[j].(string) })
		shown.SetManagedFields(nil)
		step.Want.Object = shown.Object
		step.Want.Object["managers"] = raw
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	first, changed := declared("types.json"), declared("types-changed.json")
	lines := json.NewDecoder(in)
	for lines.More() {
		s := &scenario{}
		must(lines.Decode(s))
		for i := range s.Steps {
			raw, err := json.Marshal(s.Steps[i].Object)
			must(err)
			object := &unstructured.Unstructured{}
			_ = object.UnmarshalJSON(raw)
			if object.Object != nil {
				s.Steps[i].Object = object.Object
			}
		}
		run(s, first, changed)
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		must(encoder.Encode(s))
	}
}
