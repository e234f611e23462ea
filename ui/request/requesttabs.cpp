// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/requesttabs.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qmessagebox.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <request/requesteditor.h>
#include <theme/flattabbar.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

/// What a tab stands for, beside what is typed in its editor.
struct Tab
{
    RequestEditor* editor = nullptr;
    std::string path;   ///< empty: never saved
    std::string folder; ///< where a new one is to be saved
    std::string collection;
    collection::Entry saved;
    bool redacted = false;

    bool isDirty() const { return path.empty() || editor->entry() != saved; }
    bool isUntouched() const { return path.empty() && editor->entry() == saved; }
};

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

} // namespace

struct RequestTabs::Private
{
    explicit Private(RequestTabs* owner) : pane(owner) {}

    RequestTabs* pane;
    FlatTabBar* bar = nullptr;
    QStackedWidget* stack = nullptr;
    QStackedWidget* whole = nullptr;
    std::vector<Tab> tabs; ///< in the order of the bar
    std::optional<collection::Collection> collection;
    std::vector<variables::Scope> scopes;
    QString session;
    bool busy = false;
    RequestEditor* saving = nullptr;
    bool closeWhenSaved = false;

    QWidget* makeBar();
    QWidget* makeEmptyPage();
    Tab* current();
    Tab* find(const std::string& path);
    std::size_t indexOf(const RequestEditor* editor) const;
    Tab& add(const std::string& path, const std::string& folder, const collection::Entry& saved);
    void show(const Tab& tab);
    void renewTab(std::size_t index);
    void inherit(Tab& tab);
    void close(std::size_t index);
    void askBeforeClosing(std::size_t index);
    void remove(std::size_t index);
    void save(Tab& tab);
    collection::Item itemOf(const Tab& tab) const;
};

QWidget* RequestTabs::Private::makeBar()
{
    auto* line = new QWidget;
    setKind(line, "raised");
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(space::small, 0, space::small, 0);
    row->setSpacing(space::tiny);
    bar = new FlatTabBar;
    bar->setMovable(true);
    setNames(bar, QStringLiteral("requestTabBar"), QObject::tr("Open requests"));
    auto* add =
        flatButton(QStringLiteral("plus"), QObject::tr("New request (Ctrl+N)"), QStringLiteral("newRequest"));
    row->addWidget(bar);
    row->addWidget(add);
    row->addStretch(1);
    line->setFixedHeight(space::tabs);
    QObject::connect(add, &QToolButton::clicked, pane, [this] { pane->newItem(); });
    QObject::connect(bar, &QTabBar::currentChanged, pane, [this](int index) {
        if (index < 0 || index >= static_cast<int>(tabs.size()))
            return;
        stack->setCurrentWidget(tabs[static_cast<std::size_t>(index)].editor);
        Q_EMIT pane->currentChanged(toQString(tabs[static_cast<std::size_t>(index)].path));
    });
    QObject::connect(bar, &QTabBar::tabMoved, pane, [this](int from, int to) {
        const auto begin = tabs.begin();
        if (from < to)
            std::rotate(begin + from, begin + from + 1, begin + to + 1);
        else
            std::rotate(begin + to, begin + from, begin + from + 1);
        Q_EMIT pane->changed();
    });
    return line;
}

QWidget* RequestTabs::Private::makeEmptyPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->addStretch(2);
    column->setSpacing(space::small);
    auto* button = primaryButton(QObject::tr("New request"), QStringLiteral("newRequestHere"));
    QObject::connect(button, &QPushButton::clicked, pane, [this] { pane->newItem(); });
    for (QWidget* widget : std::initializer_list<QWidget*>{
             sectionTitle(QObject::tr("No request is open")),
             mutedLabel(QObject::tr("Choose one in the collection, or write a new one.")), button})
        column->addWidget(widget, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return page;
}

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
}

RequestTabs::~RequestTabs() = default;

Tab* RequestTabs::Private::current()
{
    const int index = bar->currentIndex();
    return index < 0 || index >= static_cast<int>(tabs.size()) ? nullptr
                                                               : &tabs[static_cast<std::size_t>(index)];
}

Tab* RequestTabs::Private::find(const std::string& path)
{
    const auto found = std::find_if(tabs.begin(), tabs.end(),
                                    [&path](const Tab& tab) { return !path.empty() && tab.path == path; });
    return found == tabs.end() ? nullptr : &*found;
}

std::size_t RequestTabs::Private::indexOf(const RequestEditor* editor) const
{
    const auto found =
        std::find_if(tabs.begin(), tabs.end(), [editor](const Tab& tab) { return tab.editor == editor; });
    return static_cast<std::size_t>(found - tabs.begin());
}

Tab& RequestTabs::Private::add(const std::string& path, const std::string& folder,
                               const collection::Entry& saved)
{
    Tab tab;
    auto* editor = new RequestEditor;
    tab.editor = editor;
    tab.path = path;
    tab.folder = folder;
    tab.collection = collection ? collection->directory : std::string();
    tab.saved = saved;
    editor->setEntry(saved);
    editor->setScopes(scopes);
    editor->setSession(session);
    editor->setBusy(busy);
    QObject::connect(editor, &RequestEditor::changed, pane, [this, editor] {
        renewTab(indexOf(editor));
        Q_EMIT pane->changed();
    });
    QObject::connect(editor, &RequestEditor::sendRequested, pane,
                     [this, editor] { Q_EMIT pane->sendRequested(itemOf(tabs[indexOf(editor)])); });
    QObject::connect(editor, &RequestEditor::cancelRequested, pane, &RequestTabs::cancelRequested);
    QObject::connect(editor, &RequestEditor::saveRequested, pane,
                     [this, editor] { save(tabs[indexOf(editor)]); });
    stack->addWidget(editor);
    tabs.push_back(tab);
    const int index = bar->addTab(QString());
    auto* button = flatButton(QStringLiteral("close"), QObject::tr("Close"), QStringLiteral("closeTab"));
    button->setFixedSize(20, 20);
    button->setIconSize({12, 12});
    button->setFocusPolicy(Qt::NoFocus);
    QObject::connect(button, &QToolButton::clicked, pane, [this, editor] { close(indexOf(editor)); });
    bar->setTabButton(index, QTabBar::RightSide, button);
    inherit(tabs.back());
    renewTab(tabs.size() - 1);
    whole->setCurrentIndex(1);
    return tabs.back();
}

void RequestTabs::Private::show(const Tab& tab)
{
    bar->setCurrentIndex(static_cast<int>(indexOf(tab.editor)));
    stack->setCurrentWidget(tab.editor);
}

void RequestTabs::Private::renewTab(std::size_t index)
{
    if (index >= tabs.size())
        return;
    const int at = static_cast<int>(index);
    const collection::Entry entry = tabs[index].editor->entry();
    const QString name = toQString(visible(entry.name.empty() ? "Unnamed" : entry.name));
    const QString method = toQString(visible(entry.method));
    const bool dirty = tabs[index].isDirty() && !tabs[index].isUntouched();
    bar->setTabText(at, name);
    bar->setLead(at, methodLabel(method), methodRole(method));
    bar->setDetail(at, dirty ? QStringLiteral("●") : QString(), Role::Accent);
    bar->setTabToolTip(at, dirty ? QObject::tr("Not saved") : toQString(visible(tabs[index].path)));
    bar->setAccessibleTabName(at, dirty ? QObject::tr("%1, not saved").arg(name) : name);
}

/// A request that was never saved inherits as one in its folder would.
void RequestTabs::Private::inherit(Tab& tab)
{
    if (!collection)
        return tab.editor->setInheritedAuth(collection::AuthMode::None);
    collection::Item item;
    item.path = tab.path.empty() ? tab.folder + "/new" : tab.path;
    item.entry.auth = collection::AuthMode::Inherit;
    tab.editor->setInheritedAuth(collection::effectiveAuth(*collection, item));
}

collection::Item RequestTabs::Private::itemOf(const Tab& tab) const
{
    collection::Item item;
    item.path = tab.path;
    item.entry = tab.editor->entry();
    return item;
}

void RequestTabs::Private::save(Tab& tab)
{
    saving = tab.editor;
    show(tab);
    Q_EMIT pane->saveRequested(itemOf(tab));
}

void RequestTabs::Private::close(std::size_t index)
{
    if (index >= tabs.size())
        return;
    if (tabs[index].isDirty() && !tabs[index].isUntouched())
        askBeforeClosing(index);
    else
        remove(index);
}

void RequestTabs::Private::askBeforeClosing(std::size_t index)
{
    show(tabs[index]);
    RequestEditor* editor = tabs[index].editor;
    auto* box = new QMessageBox(pane);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setObjectName(QStringLiteral("unsavedQuestion"));
    box->setTextFormat(Qt::PlainText);
    box->setText(
        QObject::tr("“%1” has changes that are not saved.").arg(bar->tabText(static_cast<int>(index))));
    box->setStandardButtons(QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel);
    box->setDefaultButton(QMessageBox::Save);
    QObject::connect(box, &QMessageBox::buttonClicked, editor, [this, box, editor](QAbstractButton* button) {
        const QMessageBox::StandardButton chosen = box->standardButton(button);
        if (chosen == QMessageBox::Discard)
            remove(indexOf(editor));
        if (chosen != QMessageBox::Save)
            return;
        closeWhenSaved = true;
        save(tabs[indexOf(editor)]);
    });
    box->open();
}

void RequestTabs::Private::remove(std::size_t index)
{
    if (index >= tabs.size())
        return;
    RequestEditor* editor = tabs[index].editor;
    if (saving == editor)
        saving = nullptr;
    tabs.erase(tabs.begin() + static_cast<std::ptrdiff_t>(index));
    stack->removeWidget(editor);
    editor->deleteLater();
    bar->removeTab(static_cast<int>(index));
    whole->setCurrentIndex(tabs.empty() ? 0 : 1);
    if (const Tab* tab = current())
        show(*tab);
    Q_EMIT pane->changed();
    Q_EMIT pane->currentChanged(tabs.empty() ? QString() : toQString(current()->path));
}

void RequestTabs::openItem(const collection::Item& item)
{
    if (item.problem)
        return;
    if (const Tab* tab = d->find(item.path))
        return d->show(*tab);
    d->show(d->add(item.path, folderOf(item.path), item.entry));
    Q_EMIT changed();
}

void RequestTabs::newItem(const QString& folder)
{
    const Tab& tab = d->add({}, toUtf8(folder), {});
    d->show(tab);
    tab.editor->focusUrl();
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
        draft.entry = tab.editor->entry();
        draft.redacted = tab.redacted;
        drafts.push_back(draft);
    }
    return drafts;
}

void RequestTabs::restore(const std::vector<store::Draft>& drafts, int current)
{
    for (const store::Draft& draft : drafts) {
        const collection::Item* saved =
            d->collection ? collection::findItem(*d->collection, draft.path) : nullptr;
        Tab& tab = d->add(draft.path, folderOf(draft.path), saved ? saved->entry : collection::Entry());
        tab.collection = draft.collection;
        tab.redacted = draft.redacted;
        tab.editor->setEntry(draft.entry);
        d->renewTab(d->tabs.size() - 1);
    }
    if (current >= 0 && current < count())
        d->show(d->tabs[static_cast<std::size_t>(current)]);
}

int RequestTabs::currentIndex() const
{
    return d->tabs.empty() ? -1 : d->bar->currentIndex();
}

int RequestTabs::count() const
{
    return static_cast<int>(d->tabs.size());
}

void RequestTabs::setCollection(const std::optional<collection::Collection>& collection)
{
    d->collection = collection;
    for (std::size_t index = 0; index < d->tabs.size(); ++index) {
        Tab& tab = d->tabs[index];
        const collection::Item* item = collection ? collection::findItem(*collection, tab.path) : nullptr;
        if (item != nullptr && !item->problem &&
            (tab.collection.empty() || tab.collection == collection->directory)) {
            const bool wasClean = !tab.isDirty();
            tab.saved = item->entry;
            if (wasClean)
                tab.editor->setEntry(item->entry);
        }
        d->inherit(tab);
        d->renewTab(index);
    }
}

void RequestTabs::setScopes(const std::vector<variables::Scope>& nearestFirst)
{
    d->scopes = nearestFirst;
    for (const Tab& tab : d->tabs)
        tab.editor->setScopes(nearestFirst);
}

void RequestTabs::setSession(const QString& name)
{
    d->session = name;
    for (const Tab& tab : d->tabs)
        tab.editor->setSession(name);
}

void RequestTabs::setBusy(bool busy)
{
    d->busy = busy;
    for (const Tab& tab : d->tabs)
        tab.editor->setBusy(busy);
}

void RequestTabs::markSaved(const QString& path)
{
    const std::size_t index = d->indexOf(d->saving);
    const bool close = d->closeWhenSaved;
    d->saving = nullptr;
    d->closeWhenSaved = false;
    if (index >= d->tabs.size() || path.isEmpty())
        return;
    Tab& tab = d->tabs[index];
    tab.path = toUtf8(path);
    tab.folder = folderOf(tab.path);
    tab.collection = d->collection ? d->collection->directory : tab.collection;
    tab.saved = tab.editor->entry();
    tab.redacted = false;
    if (close)
        return d->remove(index);
    d->inherit(tab);
    d->renewTab(index);
    Q_EMIT changed();
    Q_EMIT currentChanged(path);
}

collection::Item RequestTabs::currentItem() const
{
    const Tab* tab = d->current();
    return tab == nullptr ? collection::Item() : d->itemOf(*tab);
}

QString RequestTabs::currentFolder() const
{
    const Tab* tab = d->current();
    return tab == nullptr ? QString() : toQString(tab->folder);
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

void RequestTabs::closeCurrent()
{
    if (const Tab* tab = d->current())
        d->close(d->indexOf(tab->editor));
}

} // namespace claimcheck::ui
