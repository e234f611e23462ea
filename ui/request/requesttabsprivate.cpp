// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/requesttabsprivate.h>

#include <algorithm>

#include <QtGui/qtextdocument.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <request/requesteditor.h>
#include <state/plaintip.h>
#include <store/secretlike.h>
#include <theme/flattabbar.h>
#include <theme/widgets.h>

namespace claimcheck::ui {

namespace {

/// A draft of the last session in which a placeholder still stands for a secret.
bool holdsPlaceholder(const collection::Content& content)
{
    const collection::Entry& entry = content.entry;
    const collection::Details& details = content.details;
    const auto has = [](const std::string& text) {
        return text.find(store::redactedMark) != std::string::npos;
    };
    const auto hasField = [&has](const collection::Field& field) { return has(field.value); };
    return has(entry.url) || has(entry.body) || std::ranges::any_of(entry.headers, hasField) ||
           std::ranges::any_of(entry.formFields, hasField) ||
           std::ranges::any_of(details.parameters, [&](const auto& each) { return has(each.value); }) ||
           std::ranges::any_of(details.credentials.fields,
                               [&](const auto& each) { return has(each.second); }) ||
           std::ranges::any_of(details.parts,
                               [&](const auto& part) { return std::ranges::any_of(part.values, has); });
}

Error refusal(const QString& problem)
{
    return {ErrorKind::Refused, "the request was not sent", toUtf8(problem),
            "mend the field, then send it again"};
}

} // namespace

bool Tab::isDirty() const
{
    return file == FileState::Gone || editor->content() != saved;
}

std::string folderOf(const std::string& path)
{
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

QWidget* RequestTabs::Private::makeBar()
{
    auto* line = new QWidget;
    setKind(line, "raised");
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(space::small, 0, space::small, 0);
    row->setSpacing(space::tiny);
    bar = new FlatTabBar;
    bar->setMovable(true);
    bar->hide(); // without a tab it would take room all the same
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
    QObject::connect(bar, &QTabBar::tabCloseRequested, pane,
                     [this](int index) { close(static_cast<std::size_t>(index)); });
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

Tab* RequestTabs::Private::current()
{
    const int index = bar->currentIndex();
    return index < 0 || index >= static_cast<int>(tabs.size()) ? nullptr
                                                               : &tabs[static_cast<std::size_t>(index)];
}

Tab* RequestTabs::Private::find(const std::string& path)
{
    const auto found = std::find_if(tabs.begin(), tabs.end(), [this, &path](const Tab& tab) {
        return !path.empty() && tab.path == path && isOfOpenCollection(tab);
    });
    return found == tabs.end() ? nullptr : &*found;
}

std::size_t RequestTabs::Private::indexOf(const RequestEditor* editor) const
{
    const auto found =
        std::find_if(tabs.begin(), tabs.end(), [editor](const Tab& tab) { return tab.editor == editor; });
    return static_cast<std::size_t>(found - tabs.begin());
}

Tab& RequestTabs::Private::add(const std::string& path, const std::string& folder,
                               const collection::Content& saved)
{
    Tab tab;
    auto* editor = new RequestEditor;
    tab.id = ++lastId;
    tab.editor = editor;
    tab.path = path;
    tab.folder = folder;
    tab.collection = collection ? collection->directory : std::string();
    tab.saved = saved;
    editor->setContent(saved);
    editor->setScopes(scopes);
    editor->setSession(session.name, session.isExpired(clock()));
    editor->setBusy(busy);
    editor->setSentAs(sentAs);
    connectEditor(editor);
    stack->addWidget(editor);
    tabs.push_back(tab);
    bar->show();
    addButton(bar->addTab(QString()), editor);
    inherit(tabs.back());
    renewTab(tabs.size() - 1);
    whole->setCurrentIndex(1);
    return tabs.back();
}

void RequestTabs::Private::connectEditor(RequestEditor* editor)
{
    QObject::connect(editor, &RequestEditor::changed, pane, [this, editor] {
        Tab& edited = tabs[indexOf(editor)];
        edited.replaced.reset(); // bringing it back now would lose what is typed at this moment
        if (edited.file == FileState::Reloaded || edited.file == FileState::Merged)
            edited.file = FileState::Same;
        renewTab(indexOf(editor));
        Q_EMIT pane->changed();
    });
    QObject::connect(editor, &RequestEditor::noteActionChosen, pane,
                     [this, editor](const QString& action) { followNote(editor, action); });
    QObject::connect(editor, &RequestEditor::sendRequested, pane,
                     [this, editor] { Q_EMIT pane->sendRequested(itemToSend(tabs[indexOf(editor)])); });
    QObject::connect(editor, &RequestEditor::sendRefused, pane,
                     [this](const QString& problem) { Q_EMIT pane->sendRefused(refusal(problem)); });
    QObject::connect(editor, &RequestEditor::commandPasted, pane, &RequestTabs::commandPasted);
    QObject::connect(editor, &RequestEditor::cancelRequested, pane, &RequestTabs::cancelRequested);
    QObject::connect(editor, &RequestEditor::identityChosen, pane, &RequestTabs::identityChosen);
    QObject::connect(editor, &RequestEditor::auditRequested, pane, &RequestTabs::auditRequested);
    QObject::connect(editor, &RequestEditor::connectionEdited, pane, &RequestTabs::connectionEdited);
    QObject::connect(editor, &RequestEditor::mintedEdited, pane, &RequestTabs::mintedEdited);
    QObject::connect(editor, &RequestEditor::certificateRequested, pane, &RequestTabs::certificateRequested);
    QObject::connect(editor, &RequestEditor::saveRequested, pane,
                     [this, editor] { save(tabs[indexOf(editor)]); });
}

void RequestTabs::Private::addButton(int index, RequestEditor* editor)
{
    auto* button = flatButton(QStringLiteral("close"), QObject::tr("Close"), QStringLiteral("closeTab"));
    button->setFixedSize(20, 20);
    button->setIconSize({12, 12});
    QObject::connect(button, &QToolButton::clicked, pane, [this, editor] { close(indexOf(editor)); });
    bar->setTabButton(index, QTabBar::RightSide, button);
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
    const collection::Content content = tabs[index].editor->content();
    const collection::Entry& entry = content.entry;
    tabs[index].redacted = tabs[index].redacted && holdsPlaceholder(content);
    tabs[index].editor->setNote(noteOf(tabs[index]));
    tabs[index].editor->setConnectionNote(noteOfConnection(tabs[index]));
    const QString name = toQString(visible(entry.name.empty() ? "Unnamed" : entry.name));
    const QString method = toQString(visible(entry.method));
    const bool dirty = tabs[index].isDirty();
    bar->setTabText(at, name);
    bar->setLead(at, methodLabel(method), methodRole(method));
    bar->setUnsaved(at, dirty);
    const QString file = dirty ? QObject::tr("Not saved") : toQString(visible(tabs[index].path));
    const QString tip = name == file ? file : name + u'\n' + file; // the title may have no room for all of it
    bar->setTabToolTip(at, Qt::mightBeRichText(tip) ? plainTip(tip) : tip); // it is read aloud, too
    bar->setAccessibleTabName(at, dirty ? QObject::tr("%1, not saved").arg(name) : name);
    bar->tabButton(at, QTabBar::RightSide)->setAccessibleName(QObject::tr("Close %1").arg(name));
}

/// A request that was never saved inherits as one in its folder would.
Authorisation RequestTabs::Private::inheritedBy(const Tab& tab) const
{
    if (!collection)
        return {};
    collection::Item item;
    item.path = itemToSend(tab).path;
    item.entry.auth = collection::AuthMode::Inherit;
    const collection::Entry entry = withInherited(*collection, item);
    return {entry.auth, entry.kept.auth, mintedWith(tab, collection::AuthMode::Inherit)};
}

/// The algorithm of the token that would be made for it if it said that; empty: none.
std::string RequestTabs::Private::mintedWith(const Tab& tab, collection::AuthMode mode) const
{
    if (!collection)
        return {};
    collection::Item item;
    item.path = itemToSend(tab).path;
    item.entry.auth = mode;
    const collection::MintedToken* const rule = collection::mintedFor(*collection, item);
    return rule ? rule->algorithm : std::string();
}

void RequestTabs::Private::inherit(Tab& tab)
{
    tab.editor->setInheritOffered(collection.has_value());
    tab.editor->setDirectory(collection ? collection->directory : std::string());
    tab.editor->setMinted(mintedWith(tab, collection::AuthMode::None));
    tab.editor->setInheritedAuth(inheritedBy(tab));
    tab.editor->setMintedPlace(mintedPlaceOf(tab));
    tab.editor->setConnection(connectionOf(tab));
}

collection::Item RequestTabs::Private::itemOf(const Tab& tab) const
{
    collection::Item item;
    item.path = isOfOpenCollection(tab) ? tab.path : std::string();
    collection::Content content = tab.editor->content();
    item.entry = std::move(content.entry);
    item.details = std::move(content.details);
    item.fingerprint = item.path.empty() ? std::string() : tab.fingerprint;
    return item;
}

bool RequestTabs::Private::isOfOpenCollection(const Tab& tab) const
{
    return tab.collection.empty() || !collection || tab.collection == collection->directory;
}

collection::Item RequestTabs::Private::itemToSend(const Tab& tab) const
{
    collection::Item item = itemOf(tab);
    if (const std::string folder = folderOfNew(tab); item.path.empty() && !folder.empty())
        item.path = folder + "/new";
    return item;
}

/// One that is gone, that another collection has or that a draft made up is none of this collection's.
std::string RequestTabs::Private::folderOfNew(const Tab& tab) const
{
    if (!collection || !isOfOpenCollection(tab))
        return {};
    const std::string& nearest = collection::foldersAround(*collection, tab.folder + "/new").front()->path;
    return nearest == tab.folder ? nearest : std::string();
}

} // namespace claimcheck::ui
