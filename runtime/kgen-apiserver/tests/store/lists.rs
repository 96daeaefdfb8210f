//! Getting and listing: resource versions, pages, selections, history.

use bytes::Bytes;
use kgen_apiserver::storage::{At, Continue, Item, List, ListRequest, Range, ReadError, Revision, StoreError};

use crate::Case;
use crate::fixture::{Fixture, Readers};
use crate::values::{content, labelled};

pub(crate) fn cases() -> Vec<Case> {
    crate::cases![lists:
        get
        get_list_non_recursive
        list
        empty_list
        consistent_list
        get_list_recursive_prefix
        namespace_scoped_list
        list_continuation
        list_paging_is_a_snapshot
        list_paging_with_changes
        list_pagination_rare_object
        list_continuation_with_filter
        list_resource_version_match
        list_resource_version_zero_with_limit
        transformation_failure
        ranges_of_the_store
        ;
        compacting:
        list_inconsistent_continuation
        compact_revision
        compaction_keeps_the_present
    ]
}

const FAR: Revision = Revision::new(1 << 40);

fn contents(list: &List) -> Vec<u32> {
    list.items.iter().map(|item| content(&item.entry().value)).collect()
}

fn has_label(name: &'static str) -> impl Fn(&Item) -> bool {
    move |item| {
        item.attributes()
            .is_ok_and(|attributes| attributes.label(name).is_some())
    }
}

async fn create_labelled(fixture: &Fixture, name: &str, label: &str) {
    let value = labelled(name, 0, &[(label, "")]);
    fixture.store.create(&fixture.key(name), value, None).await.unwrap();
}

fn too_new(error: &ReadError) -> bool {
    matches!(error, ReadError::TooNew { requested, current, .. } if *requested == FAR && *current < FAR)
}

/// RunTestGet.
pub(crate) async fn get(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    let second = fixture.replace("a", 2).await;
    for at in [At::Latest, At::AtLeast(first), At::AtLeast(second)] {
        let (revision, item) = fixture.reader.get(&fixture.key("a"), at).await.unwrap();
        let item = item.expect("it is there");
        if at == At::AtLeast(first) {
            assert!(revision >= first && item.revision() >= first);
            continue;
        }
        assert!(revision >= second, "{at:?}");
        assert_eq!((item.revision(), content(&item.entry().value)), (second, 2), "{at:?}");
    }
    assert!(fixture.reader.get(&fixture.key("a"), At::Any).await.is_ok());
    for at in [At::Latest, At::Any, At::AtLeast(second)] {
        assert!(fixture.reader.get(&fixture.key("b"), at).await.unwrap().1.is_none());
    }
    assert!(too_new(
        &fixture
            .reader
            .get(&fixture.key("a"), At::AtLeast(FAR))
            .await
            .unwrap_err()
    ));
}

/// RunTestGetListNonRecursive.
pub(crate) async fn get_list_non_recursive(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    fixture.create("ab", 1).await;
    let second = fixture.replace("a", 2).await;
    let at = async |revision| {
        let (_, item) = fixture
            .reader
            .get(&fixture.key("a"), At::Exactly(revision))
            .await
            .unwrap();
        item.map(|item| content(&item.entry().value))
    };
    assert_eq!(at(first).await, Some(1));
    assert_eq!(at(second).await, Some(2));
    assert_eq!(at(first.before()).await, None);
    let gone = fixture.delete("a").await;
    assert_eq!(at(second).await, Some(2));
    assert_eq!(at(gone).await, None);
    assert!(too_new(
        &fixture
            .reader
            .get(&fixture.key("a"), At::Exactly(FAR))
            .await
            .unwrap_err()
    ));
}

/// RunTestList: order, revisions and the five ways to ask.
pub(crate) async fn list(fixture: Fixture) {
    let before = fixture.current().await;
    for name in ["b", "a/x", "c", "a"] {
        fixture.create(name, 1).await;
    }
    let then = fixture.current().await;
    let changed = fixture.replace("c", 2).await;
    let gone = fixture.delete("b").await;
    assert!(fixture.list(fixture.all().at(At::AtLeast(then))).await.revision >= then);
    for at in [At::Latest, At::AtLeast(gone), At::Exactly(gone)] {
        let list = fixture.list(fixture.all().at(at)).await;
        assert_eq!(
            (fixture.names(&list), contents(&list)),
            (names(&["a", "a/x", "c"]), vec![1, 1, 2]),
            "{at:?}"
        );
        assert!(
            list.revision >= gone && list.rest.is_none() && list.remaining.is_none(),
            "{at:?}"
        );
    }
    let old = fixture.list(fixture.all().at(At::Exactly(then))).await;
    assert_eq!((old.revision, contents(&old)), (then, vec![1, 1, 1, 1]));
    let old = fixture.list(fixture.all().at(At::Exactly(changed))).await;
    assert_eq!((old.revision, contents(&old)), (changed, vec![1, 1, 1, 2]));
    if !before.is_zero() {
        let old = fixture.list(fixture.all().at(At::Exactly(before))).await;
        assert_eq!((old.revision, old.items.len()), (before, 0));
    }
    let some = fixture
        .list(fixture.all().matching(|item| content(&item.entry().value) == 2))
        .await;
    assert_eq!(fixture.names(&some), ["c"]);
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(crate) async fn empty_list(fixture: Fixture) {
    for at in [At::Latest, At::Any] {
        let list = fixture.list(fixture.all().at(at)).await;
        assert!(list.items.is_empty() && list.revision >= Revision::FIRST, "{list:?}");
        assert!(list.rest.is_none() && list.remaining.is_none());
    }
}

/// RunTestConsistentList: a list sees what was written before it, whoever wrote.
pub(crate) async fn consistent_list(fixture: Fixture) {
    for number in 0..50 {
        let written = fixture.create(&format!("{number:03}"), number).await;
        let list = fixture.list(fixture.all()).await;
        assert_eq!(list.items.len(), number as usize + 1);
        assert!(list.revision >= written);
        let raised = fixture.raise().await;
        let list = fixture.list(fixture.all()).await;
        assert!(list.revision >= raised, "writes elsewhere count too");
        assert!(
            fixture.list(fixture.all().at(At::Any)).await.revision >= raised,
            "reads do not go back"
        );
    }
}

/// RunTestGetListRecursivePrefix.
pub(crate) async fn get_list_recursive_prefix(fixture: Fixture) {
    for name in ["foo/a", "foo/b", "foobar/a", "foo-x/a", "fo"] {
        fixture.create(name, 1).await;
    }
    for at in [At::Latest, At::Exactly(fixture.current().await)] {
        let list = fixture.list(ListRequest::of(fixture.key("foo/")).at(at)).await;
        assert_eq!(fixture.names(&list), ["foo/a", "foo/b"]);
    }
}

/// RunTestNamespaceScopedList.
pub(crate) async fn namespace_scoped_list(fixture: Fixture) {
    for name in ["ns1/a", "ns1/b", "ns10/a", "ns2/a"] {
        fixture.create(name, 1).await;
    }
    let of = |namespace: &str| ListRequest::of(fixture.key(namespace));
    assert_eq!(fixture.names(&fixture.list(of("ns1/")).await), ["ns1/a", "ns1/b"]);
    assert_eq!(fixture.names(&fixture.list(of("ns10/")).await), ["ns10/a"]);
    assert_eq!(fixture.list(of("ns3/")).await.items.len(), 0);
    assert_eq!(
        fixture.names(&fixture.list(fixture.all()).await),
        ["ns1/a", "ns1/b", "ns10/a", "ns2/a"]
    );
}

/// RunTestListContinuation.
pub(crate) async fn list_continuation(fixture: Fixture) {
    for name in ["a", "b/1", "b/2", "c"] {
        fixture.create(name, 1).await;
    }
    let first = fixture.list(fixture.all().limit(1)).await;
    assert_eq!((fixture.names(&first), first.remaining), (names(&["a"]), Some(3)));
    let rest = Continue::decode(&first.rest.expect("there is more").encode()).unwrap();
    assert_eq!(rest.revision, Some(first.revision));
    let second = fixture.list(fixture.all().limit(2).rest(Some(rest.clone()))).await;
    assert_eq!(
        (fixture.names(&second), second.remaining),
        (names(&["b/1", "b/2"]), Some(1))
    );
    let third = fixture.list(fixture.all().rest(second.rest)).await;
    assert_eq!(
        (fixture.names(&third), third.remaining, third.rest),
        (names(&["c"]), None, None)
    );
    let others = fixture.list(fixture.all().rest(Some(rest))).await;
    assert_eq!(fixture.names(&others), ["b/1", "b/2", "c"]);
    let exact = fixture.list(fixture.all().limit(4)).await;
    assert!(exact.rest.is_none() && exact.remaining.is_none(), "nothing follows");
}

/// RunTestListPaging, RunTestConsistentList: all pages show one revision.
pub(crate) async fn list_paging_is_a_snapshot(fixture: Fixture) {
    for number in 0..20 {
        fixture.create(&format!("{number:02}"), number).await;
    }
    let mut request = fixture.all().limit(3);
    let mut seen = Vec::new();
    let mut revision = None;
    loop {
        let list = fixture.list(request.clone()).await;
        assert_eq!(*revision.get_or_insert(list.revision), list.revision);
        seen.extend(contents(&list));
        assert_eq!(list.remaining.unwrap_or(0), 20 - seen.len());
        if list.rest.is_none() {
            break;
        }
        request = request.rest(list.rest);
        fixture.raise().await;
    }
    assert_eq!(seen, (0..20).collect::<Vec<u32>>());
}

pub(crate) async fn list_paging_with_changes(fixture: Fixture) {
    for name in ["a", "b", "c", "d"] {
        fixture.create(name, 1).await;
    }
    let first = fixture.list(fixture.all().limit(1)).await;
    fixture.replace("b", 2).await;
    fixture.delete("c").await;
    fixture.create("bb", 3).await;
    let rest = fixture.list(fixture.all().rest(first.rest.clone())).await;
    assert_eq!(
        (fixture.names(&rest), contents(&rest)),
        (names(&["b", "c", "d"]), vec![1, 1, 1])
    );
    assert_eq!(rest.revision, first.revision);
    let now = Continue {
        revision: None,
        ..first.rest.unwrap()
    };
    let now = fixture.list(fixture.all().rest(Some(now))).await;
    assert_eq!(
        (fixture.names(&now), contents(&now)),
        (names(&["b", "bb", "d"]), vec![2, 3, 1])
    );
}

/// RunTestListPaginationRareObject: pages are filled however rare the selected objects are.
pub(crate) async fn list_pagination_rare_object(fixture: Fixture) {
    for number in 0..200 {
        fixture.create(&format!("pod-{number:04}"), number).await;
    }
    create_labelled(&fixture, "pod-0150-rare", "rare").await;
    let list = fixture.list(fixture.all().limit(1).matching(has_label("rare"))).await;
    assert_eq!(fixture.names(&list), ["pod-0150-rare"]);
}

/// RunTestListContinuationWithFilter.
pub(crate) async fn list_continuation_with_filter(fixture: Fixture) {
    for number in 0..7 {
        let label = if number % 3 == 2 { "no" } else { "yes" };
        create_labelled(&fixture, &number.to_string(), label).await;
    }
    let request = fixture.all().limit(2).matching(has_label("yes"));
    let first = fixture.list(request.clone()).await;
    assert_eq!((fixture.names(&first), first.remaining), (names(&["0", "1"]), None));
    let second = fixture.list(request.clone().rest(first.rest)).await;
    assert_eq!((fixture.names(&second), second.remaining), (names(&["3", "4"]), None));
    let third = fixture.list(request.rest(second.rest)).await;
    assert_eq!((fixture.names(&third), third.rest), (names(&["6"]), None));
}

/// RunTestListResourceVersionMatch.
pub(crate) async fn list_resource_version_match(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    let second = fixture.create("b", 1).await;
    let exact = fixture.list(fixture.all().at(At::Exactly(first))).await;
    assert_eq!((exact.revision, fixture.names(&exact)), (first, names(&["a"])));
    let newer = fixture.list(fixture.all().at(At::AtLeast(first))).await;
    assert!(newer.revision >= first);
    let newer = fixture.list(fixture.all().at(At::AtLeast(second))).await;
    assert_eq!(fixture.names(&newer), ["a", "b"]);
    for at in [At::Exactly(FAR), At::AtLeast(FAR)] {
        assert!(too_new(&fixture.list_error(fixture.all().at(at)).await), "{at:?}");
    }
}

pub(crate) async fn list_resource_version_zero_with_limit(fixture: Fixture) {
    for name in ["a", "b", "c"] {
        fixture.create(name, 1).await;
    }
    fixture.list(fixture.all()).await;
    let first = fixture.list(fixture.all().at(At::Any).limit(2)).await;
    assert_eq!((fixture.names(&first), first.remaining), (names(&["a", "b"]), Some(1)));
    let second = fixture.list(fixture.all().rest(first.rest)).await;
    assert_eq!(fixture.names(&second), ["c"]);
}

/// RunTestTransformationFailure, RunTestGetListWithErrorAggregation: what cannot be read is named, and can be deleted.
pub(crate) async fn transformation_failure(fixture: Fixture) {
    fixture.create("a", 1).await;
    for name in ["b", "c"] {
        fixture
            .store
            .create(&fixture.key(name), Bytes::from_static(b"{"), None)
            .await
            .unwrap();
    }
    let ReadError::Undecodable(bad) = fixture.list_error(fixture.all()).await else {
        panic!("they are named")
    };
    let bad: Vec<&str> = bad.iter().map(|bad| &*bad.key).collect();
    assert_eq!(bad, [fixture.key("b"), fixture.key("c")]);
    let (_, item) = fixture.reader.get(&fixture.key("b"), At::Latest).await.unwrap();
    assert!(item.unwrap().attributes().is_err());
    let (_, item) = fixture.reader.get(&fixture.key("a"), At::Latest).await.unwrap();
    assert!(item.unwrap().attributes().is_ok());
    fixture.delete("b").await;
    fixture.delete("c").await;
    assert_eq!(fixture.names(&fixture.list(fixture.all()).await), ["a"]);
}

/// E3, asked of the store itself.
pub(crate) async fn ranges_of_the_store(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    fixture.create("b", 2).await;
    fixture.create("c", 3).await;
    let range = || Range::of(&*fixture.prefix);
    let keys = async |range: Range| {
        let page = fixture.store.list(range).await.unwrap();
        let keys: Vec<u32> = page.entries.iter().map(|entry| content(&entry.value)).collect();
        (keys, page.remaining)
    };
    assert_eq!(keys(range()).await, (vec![1, 2, 3], 0));
    assert_eq!(keys(range().limit(2)).await, (vec![1, 2], 1));
    assert_eq!(keys(range().from(fixture.key("a\0")).limit(1)).await, (vec![2], 1));
    assert_eq!(keys(range().from(fixture.key("b"))).await, (vec![2, 3], 0));
    assert_eq!(keys(range().from(fixture.key("x"))).await, (vec![], 0));
    assert_eq!(keys(range().at(first)).await, (vec![1], 0));
    let future = fixture.store.list(range().at(FAR)).await;
    assert!(
        matches!(future, Err(StoreError::FutureRevision { requested: FAR, .. })),
        "{future:?}"
    );
}

/// RunTestListInconsistentContinuation.
pub(crate) async fn list_inconsistent_continuation(fixture: Fixture) {
    for name in ["a", "b", "c"] {
        fixture.create(name, 1).await;
    }
    let first = fixture.list(fixture.all().limit(1)).await;
    let now = fixture.replace("c", 2).await;
    fixture.store.compact(now).await.unwrap();
    let error = match fixture
        .reader
        .list(fixture.all().limit(1).rest(first.rest.clone()))
        .await
    {
        // The cache may have kept what the store has forgotten.
        Ok(list) if fixture.readers == Readers::Cached => {
            assert_eq!((list.revision, contents(&list)), (first.revision, vec![1]));
            return;
        }
        Ok(list) => panic!("{list:?}"),
        Err(error) => error,
    };
    let ReadError::Expired { rest: Some(rest) } = error else {
        panic!("{error:?}")
    };
    assert_eq!((rest.revision, &rest.start), (None, &first.rest.unwrap().start));
    let second = fixture.list(fixture.all().limit(1).rest(Some(rest))).await;
    assert_eq!(fixture.names(&second), ["b"]);
    assert!(second.revision >= now);
    let third = fixture.list(fixture.all().rest(second.rest)).await;
    assert_eq!((fixture.names(&third), contents(&third)), (names(&["c"]), vec![2]));
}

/// RunTestCompactRevision.
pub(crate) async fn compact_revision(fixture: Fixture) {
    let first = fixture.create("a", 1).await;
    let second = fixture.replace("a", 2).await;
    let third = fixture.replace("a", 3).await;
    fixture.store.compact(second).await.unwrap();
    let range = || Range::of(&*fixture.prefix);
    let gone = fixture.store.list(range().at(first)).await;
    assert!(
        matches!(gone, Err(StoreError::Compacted { requested, .. }) if requested == first),
        "{gone:?}"
    );
    for (revision, wanted) in [(second, 2), (third, 3)] {
        let page = fixture.store.list(range().at(revision)).await.unwrap();
        assert_eq!(content(&page.entries[0].value), wanted);
    }
    assert!(matches!(
        fixture.store.compact(first).await,
        Err(StoreError::Compacted { .. })
    ));
    assert!(matches!(
        fixture.store.compact(FAR).await,
        Err(StoreError::FutureRevision { .. })
    ));
    if fixture.readers == Readers::Direct {
        let expired = fixture.list_error(fixture.all().at(At::Exactly(first))).await;
        assert_eq!(expired, ReadError::Expired { rest: None });
    }
}

pub(crate) async fn compaction_keeps_the_present(fixture: Fixture) {
    for name in ["a", "b", "c"] {
        fixture.create(name, 1).await;
    }
    fixture.replace("b", 2).await;
    let gone = fixture.delete("c").await;
    fixture.store.compact(gone).await.unwrap();
    let list = fixture.list(fixture.all()).await;
    assert_eq!(
        (fixture.names(&list), contents(&list)),
        (names(&["a", "b"]), vec![1, 2])
    );
    assert!(fixture.create("c", 3).await > gone);
    assert_eq!(contents(&fixture.list(fixture.all()).await), [1, 2, 3]);
}
