// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/requesttabs.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>
#include <store/example.h>
#include <theme/flattabbar.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

RequestTabs::RequestTabs(QWidget* parent) : QWidget(parent), d(std::make_unique<Private>(this))
{
    setNames(this, QStringLiteral("requestPane"), tr("Requests"));
    setKind(this, "surface");
    d->stack = new QStackedWidget;
    d->whole = new QStackedWidget;
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(d->makeBar());
    column->addWidget(new Hairline(Qt::Horizontal));
    d->whole->addWidget(d->makeEmptyPage());
    d->whole->addWidget(d->stack);
    column->addWidget(d->whole, 1);
    d->sessionEnd.setSingleShot(true);
    connect(&d->sessionEnd, &QTimer::timeout, this, [this] {
        d->watchSessionEnd();
        d->renewSession();
    });
}

/// An open cell of a table is committed when it loses the focus, also to its end: the editors go first,
/// while everything that they tell is still there.
RequestTabs::~RequestTabs()
{
    delete d->whole;
}

void RequestTabs::openItem(const collection::Item& item)
{
    if (item.problem)
        return;
    if (const Tab* tab = d->find(item.path))
        return d->show(*tab);
    Tab& tab = d->add(item.path, folderOf(item.path), collection::contentOf(item));
    tab.fingerprint = item.fingerprint;
    d->show(tab);
    Q_EMIT changed();
}

void RequestTabs::newItem(const QString& folder)
{
    collection::Entry entry;
    if (!d->collection)
        entry.auth = collection::AuthMode::None; // there is nothing to inherit from
    const Tab& tab = d->add({}, toUtf8(folder), {entry, {}});
    d->show(tab);
    tab.editor->focusUrl();
    Q_EMIT changed();
}

void RequestTabs::newContent(const collection::Content& content, const QString& folder)
{
    const Tab* blank = d->current();
    if (blank == nullptr || !blank->path.empty() || blank->isDirty()) {
        newItem(folder);
        blank = d->current();
    }
    blank->editor->setContent(content);
    d->renewTab(d->indexOf(blank->editor));
    Q_EMIT changed();
}

void RequestTabs::setHeader(const QString& name, const QString& value)
{
    if (d->current() == nullptr)
        newItem();
    d->current()->editor->setHeader(name, value);
}

std::vector<store::Draft> RequestTabs::drafts() const
{
    std::vector<store::Draft> drafts;
    for (const Tab& tab : d->tabs) {
        store::Draft draft;
        draft.collection = tab.collection;
        draft.path = tab.path;
        draft.folder = tab.path.empty() ? tab.folder : std::string();
        collection::Content content = tab.editor->content();
        draft.entry = std::move(content.entry);
        draft.details = std::move(content.details);
        draft.redacted = tab.redacted;
        draft.fingerprint = tab.fingerprint;
        draft.edited = tab.isDirty();
        drafts.push_back(draft);
    }
    return drafts;
}

QStringList RequestTabs::unsavedPaths() const
{
    QStringList paths;
    for (const Tab& tab : d->tabs)
        if (!tab.path.empty() && d->isOfOpenCollection(tab) && tab.isDirty())
            paths.append(toQString(tab.path));
    return paths;
}

void RequestTabs::restore(const std::vector<store::Draft>& drafts, int current)
{
    for (const store::Draft& draft : drafts) {
        const collection::Content content{draft.entry, draft.details};
        const std::string folder = draft.path.empty() ? draft.folder : folderOf(draft.path);
        Tab& tab = d->add(draft.path, folder, draft.edited ? collection::Content() : content);
        tab.collection = draft.collection;
        tab.redacted = draft.redacted;
        tab.fingerprint = draft.fingerprint;
        tab.baseUnknown = draft.edited && !draft.path.empty();
        tab.editor->setContent(content);
        d->readAnew(tab);
        d->inherit(tab); // as in its own collection
        d->renewTab(d->tabs.size() - 1);
    }
    if (current >= 0 && current < count())
        d->show(d->tabs[static_cast<std::size_t>(current)]);
}

int RequestTabs::currentIndex() const
{
    return d->tabs.empty() ? -1 : d->bar->currentIndex();
}

int RequestTabs::currentId() const
{
    const Tab* tab = d->current();
    return tab == nullptr ? 0 : tab->id;
}

int RequestTabs::count() const
{
    return static_cast<int>(d->tabs.size());
}

void RequestTabs::setCollection(const std::optional<collection::Collection>& collection)
{
    d->collection = collection;
    d->closeCleanTabsOfOthers();
    for (std::size_t index = 0; index < d->tabs.size(); ++index) {
        d->readAnew(d->tabs[index]);
        d->inherit(d->tabs[index]);
        d->renewTab(index);
    }
}

void RequestTabs::setScopes(const std::vector<variables::Scope>& nearestFirst)
{
    d->scopes = nearestFirst;
    for (const Tab& tab : d->tabs)
        tab.editor->setScopes(nearestFirst);
    d->renewSession();
}

void RequestTabs::setSession(const SessionUse& session)
{
    d->session = session;
    d->watchSessionEnd();
    d->renewSession();
}

void RequestTabs::setClock(std::function<Instant()> clock)
{
    d->clock = std::move(clock);
    d->watchSessionEnd();
    d->renewSession();
}

void RequestTabs::setSentAs(const SentAs& sentAs)
{
    if (d->sentAs == sentAs)
        return;
    d->sentAs = sentAs;
    for (const Tab& tab : d->tabs)
        tab.editor->setSentAs(sentAs);
}

void RequestTabs::setBusy(bool busy)
{
    d->busy = busy;
    for (const Tab& tab : d->tabs)
        tab.editor->setBusy(busy);
}

void RequestTabs::markSaved(const QString& path)
{
    // A question that stood between may have forgotten which tab asked: it is the one in front.
    const Tab* front = d->current();
    const std::size_t index = d->indexOf(d->saving || !front ? d->saving : front->editor);
    const bool close = d->closeWhenSaved;
    d->saving = nullptr;
    d->closeWhenSaved = false;
    if (index >= d->tabs.size() || path.isEmpty())
        return;
    Tab& tab = d->tabs[index];
    tab.path = toUtf8(path);
    tab.folder = folderOf(tab.path);
    tab.collection = d->collection ? d->collection->directory : tab.collection;
    tab.redacted = false;
    tab.file = FileState::Same;
    tab.replaced.reset();
    tab.baseUnknown = false;
    if (const auto* item = d->collection ? collection::findItem(*d->collection, tab.path) : nullptr) {
        tab.fingerprint = item->fingerprint;
        if (!item->problem)
            tab.editor->takeSaved(collection::contentOf(*item)); // saving gave it its place in the folder
    }
    tab.saved = tab.editor->content();
    if (close)
        return d->remove(index);
    d->inherit(tab);
    d->renewTab(index);
    Q_EMIT changed();
    Q_EMIT currentChanged(path);
}

void RequestTabs::keepExample(const http::Response& response, const store::Clean& clean)
{
    const Tab* tab = d->current();
    if (tab == nullptr)
        return;
    const std::string name = std::to_string(response.status) + " " + response.reason;
    tab->editor->addExample(
        store::exampleOf(std::string(trimmed(name)), tab->editor->content(), response, clean));
}

collection::Item RequestTabs::currentItem() const
{
    const Tab* tab = d->current();
    return tab == nullptr ? collection::Item() : d->itemOf(*tab);
}

collection::Item RequestTabs::currentItemToSend() const
{
    const Tab* tab = d->current();
    return tab == nullptr ? collection::Item() : d->itemToSend(*tab);
}

QString RequestTabs::currentFolder() const
{
    const Tab* tab = d->current();
    return tab == nullptr ? QString() : toQString(d->folderOfNew(*tab));
}

void RequestTabs::sendCurrent()
{
    if (const Tab* tab = d->current(); tab != nullptr && !d->busy)
        tab->editor->send();
}

void RequestTabs::saveCurrent()
{
    if (Tab* tab = d->current())
        d->save(*tab);
}

void RequestTabs::step(int by)
{
    if (count() > 0)
        d->bar->setCurrentIndex((currentIndex() + by + count()) % count());
}

void RequestTabs::focusUrl()
{
    if (const Tab* tab = d->current())
        tab->editor->focusUrl();
}

void RequestTabs::moveCollection(const std::string& from, const std::string& to)
{
    for (Tab& tab : d->tabs)
        if (tab.collection == from)
            tab.collection = to;
}

void RequestTabs::closeCurrent()
{
    if (const Tab* tab = d->current())
        d->close(d->indexOf(tab->editor));
}

} // namespace claimcheck::ui
