// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The file of a tab may change while the tab is open, or between two starts. What was typed is never lost:
// edits that do not meet are merged, the others are for a person to decide, in the tab itself.

#include <base/text.h>
#include <collection/merge.h>
#include <request/requesteditor.h>
#include <request/requesttabsprivate.h>
#include <store/secretlike.h>

namespace claimcheck::ui {
namespace {

constexpr QLatin1String reload("reloadFromDisk");
constexpr QLatin1String keepMine("keepMine");
constexpr QLatin1String keepAsNew("keepAsNew");
constexpr QLatin1String bringBack("bringBack");
constexpr QLatin1String goToLeftOut("goToLeftOut");

QString tr(const char* text)
{
    return QObject::tr(text);
}

Note noteOfSecret()
{
    const QString mark =
        QLatin1String(store::redactedMark.data(), static_cast<qsizetype>(store::redactedMark.size()));
    return {Tone::Warn,
            tr("Left out"),
            tr("What looked like a secret is not kept on disk. The request can be sent again when it is "
               "typed anew where “%1” stands.")
                .arg(mark),
            {{goToLeftOut, tr("Go to it")}}};
}

Note noteOfFile(FileState state)
{
    switch (state) {
    case FileState::Changed:
        return {Tone::Warn,
                tr("Changed"),
                tr("Another program changed the file of this request, and it was edited here too. Nothing is "
                   "saved before you choose."),
                {{reload, tr("Reload from disk")}, {keepMine, tr("Keep mine")}}};
    case FileState::Gone:
        return {Tone::Warn,
                tr("Gone"),
                tr("The file of this request is not there any more. What is typed here is all there is."),
                {{keepAsNew, tr("Keep as a new request")}}};
    case FileState::Merged:
        return {
            Tone::Info,
            tr("Merged"),
            tr("Another program changed the file elsewhere; both changes are here now. Save to keep both."),
            {}};
    case FileState::Reloaded:
        return {Tone::Info,
                tr("Reloaded"),
                tr("This is the file as it is on disk."),
                {{bringBack, tr("Bring back what I typed")}}};
    case FileState::Same:
        break;
    }
    return {};
}

} // namespace

const collection::Item* RequestTabs::Private::itemOnDisk(const Tab& tab) const
{
    const bool here = collection && !tab.path.empty() && isOfOpenCollection(tab);
    return here ? collection::findItem(*collection, tab.path) : nullptr;
}

void RequestTabs::Private::readAnew(Tab& tab)
{
    if (!collection || tab.path.empty() || !isOfOpenCollection(tab))
        return;
    const collection::Item* item = itemOnDisk(tab);
    if (item == nullptr) {
        tab.file = FileState::Gone;
        return;
    }
    if (item->problem)
        return;
    if (tab.file == FileState::Gone)
        tab.file = FileState::Same;
    if (tab.baseUnknown && item->fingerprint == tab.fingerprint) {
        tab.saved = collection::contentOf(*item);
        tab.baseUnknown = false;
    }
    takeMerged(tab, *item);
}

void RequestTabs::Private::takeMerged(Tab& tab, const collection::Item& item)
{
    const collection::Content mine = tab.editor->content();
    const bool same = mine == collection::contentOf(item);
    const auto merged = same              ? std::optional(mine)
                        : tab.baseUnknown ? std::nullopt
                                          : collection::merge(tab.saved, mine, collection::contentOf(item));
    if (!merged) {
        tab.file = FileState::Changed;
        return;
    }
    if (tab.file == FileState::Changed)
        tab.file = FileState::Same;
    if (*merged != mine && mine != tab.saved)
        tab.file = FileState::Merged;
    tab.saved = collection::contentOf(item);
    tab.fingerprint = item.fingerprint;
    tab.baseUnknown = false;
    if (*merged != mine)
        tab.editor->setContent(*merged);
}

void RequestTabs::Private::makeNew(Tab& tab)
{
    tab.path.clear();
    tab.saved = {};
    tab.fingerprint.clear();
}

Note RequestTabs::Private::noteOf(const Tab& tab) const
{
    if (!isOfOpenCollection(tab))
        return noteOfCollection(tab);
    if (tab.file != FileState::Same)
        return noteOfFile(tab.file);
    return tab.redacted ? noteOfSecret() : noteOfSession(tab);
}

void RequestTabs::Private::followNote(RequestEditor* editor, const QString& action)
{
    Tab& tab = tabs[indexOf(editor)];
    if (action == goToLeftOut)
        return editor->goToProblem();
    if (action == collectionNote::open)
        return Q_EMIT pane->collectionWanted(toQString(tab.collection));
    if (action == sessionNote::use)
        return useSession(tab);
    if (action == sessionNote::signIn)
        return Q_EMIT pane->signInRequested();
    const collection::Item* item = itemOnDisk(tab);
    const collection::Content mine = editor->content();
    tab.file = FileState::Same;
    if (action == bringBack && tab.replaced)
        editor->setContent(*std::exchange(tab.replaced, std::nullopt));
    else if (action == keepAsNew)
        makeNew(tab);
    else if (item != nullptr && (action == reload || action == keepMine)) {
        tab.saved = collection::contentOf(*item);
        tab.fingerprint = item->fingerprint;
        tab.baseUnknown = false;
        if (action == reload) {
            tab.replaced = mine;
            tab.file = FileState::Reloaded;
            editor->setContent(collection::contentOf(*item));
        }
    }
    renewTab(indexOf(editor));
    editor->focusUrl();
    Q_EMIT pane->changed();
}

} // namespace claimcheck::ui
