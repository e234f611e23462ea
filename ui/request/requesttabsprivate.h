// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a RequestTabs is made of: one Tab a request, in the order of the bar.

#pragma once

#include <string>

#include <QtCore/qtimer.h>

#include <request/requestnote.h>
#include <request/requesttabs.h>

class QStackedWidget;
#include <state/requestform.h>

namespace claimcheck::ui {

class FlatTabBar;
class RequestEditor;

/// How the file of a tab stands to what is typed in the tab.
enum class FileState
{
    Same,    ///< as it was read, or of no matter: the tab took what changed in it
    Merged,  ///< it changed elsewhere in the file; both edits are in the tab
    Changed, ///< both changed the same place: a person has to decide
    Gone,    ///< it was deleted or moved
    Reloaded ///< the file was taken; what was typed before is in Tab::replaced
};

/// What a tab stands for, beside what is typed in its editor.
struct Tab
{
    int id = 0;
    RequestEditor* editor = nullptr;
    std::string path;   ///< empty: never saved
    std::string folder; ///< where a new one is to be saved; it may be gone (folderOfNew)
    std::string collection;
    collection::Content saved;
    std::string fingerprint; ///< of the file that `saved` was read from; saving compares it with the file
    FileState file = FileState::Same;
    std::optional<collection::Content> replaced; ///< what "Bring it back" brings back
    bool redacted = false;
    /// Typed before a restart, over a file that has changed since or has not been read yet: what it was then
    /// is not known any more, so nothing can be merged.
    bool baseUnknown = false;

    /// Something would be lost if it were closed.
    bool isDirty() const;
};

/// What the note on the session offers.
namespace sessionNote {
constexpr QLatin1String use("useSession");
constexpr QLatin1String signIn("signInAgain");
} // namespace sessionNote

/// What the note on a request of another collection offers.
namespace collectionNote {
constexpr QLatin1String open("openItsCollection");
} // namespace collectionNote

/// "orders" of "orders/list.yml".
std::string folderOf(const std::string& path);

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
    SessionUse session;
    SentAs sentAs;
    std::function<Instant()> clock = currentTime;
    QTimer sessionEnd; ///< notes and captions change when the session is over
    int lastId = 0;
    bool busy = false;
    RequestEditor* saving = nullptr;
    bool closeWhenSaved = false;

    QWidget* makeBar();
    QWidget* makeEmptyPage();
    Tab* current();
    Authorisation inheritedBy(const Tab& tab) const;
    std::string mintedWith(const Tab& tab, collection::AuthMode mode) const;
    Tab* find(const std::string& path);
    std::size_t indexOf(const RequestEditor* editor) const;
    Tab& add(const std::string& path, const std::string& folder, const collection::Content& saved);
    void show(const Tab& tab);
    void renewTab(std::size_t index);
    void inherit(Tab& tab);
    void connectEditor(RequestEditor* editor);
    void addButton(int index, RequestEditor* editor);

    // sessionnote.cpp
    void renewSession();
    void watchSessionEnd();
    SessionHint hintOf(const Tab& tab) const;
    Note noteOfSession(const Tab& tab) const;
    void useSession(Tab& tab);

    // connectionnote.cpp
    Note noteOfConnection(const Tab& tab) const;
    std::optional<ConnectionPlace> connectionOf(const Tab& tab) const;

    // mintedplace.cpp
    std::optional<MintedPlace> mintedPlaceOf(const Tab& tab) const;

    // filestate.cpp
    const collection::Item* itemOnDisk(const Tab& tab) const;
    /// The file may have changed. An edited tab keeps its edits and takes what was changed elsewhere in the
    /// file; where both changed the same field it stays as it is, and the editor offers what can be done.
    void readAnew(Tab& tab);
    void takeMerged(Tab& tab, const collection::Item& item);
    void makeNew(Tab& tab);
    Note noteOf(const Tab& tab) const;
    void followNote(RequestEditor* editor, const QString& action);

    // othercollection.cpp
    Note noteOfCollection(const Tab& tab) const;
    void askWhereToSave(Tab& tab);

    // closetab.cpp
    void closeCleanTabsOfOthers();
    void close(std::size_t index);
    void closeSaved(const RequestEditor* editor);
    std::vector<RequestEditor*> withUnfinishedRules() const;
    /// One question for all of them, which are tabs, at least one; `deed` runs where they may be lost.
    void askBeforeLosingRules(const std::vector<RequestEditor*>& editors, std::function<void()> deed);
    void askBeforeClosing(std::size_t index);
    void remove(std::size_t index);
    void save(Tab& tab);
    /// The tab's file lies in the collection that is open.
    bool isOfOpenCollection(const Tab& tab) const;
    /// As it is to be saved: a file of another collection becomes a new one in this.
    collection::Item itemOf(const Tab& tab) const;
    /// As it is to be sent: a new request inherits from the folder that it is meant for.
    collection::Item itemToSend(const Tab& tab) const;
    /// Where a new request beside or of the tab is saved: a folder of the open collection, or "", itself.
    std::string folderOfNew(const Tab& tab) const;
};

} // namespace claimcheck::ui
