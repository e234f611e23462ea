// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The open requests, one editor a tab. A tab that was edited carries a mark until it is saved; drafts()
// gives all of them as they are typed, so that nothing is lost at a restart.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QtWidgets/qwidget.h>

#include <base/secret.h>
#include <collection/content.h>
#include <request/connectionplace.h>
#include <request/mintedplace.h>
#include <state/identitytext.h>
#include <state/sessionuse.h>
#include <store/secretlike.h>
#include <store/settings.h>
#include <store/treechange.h>
#include <variables/resolve.h>

namespace claimcheck::ui {

class RequestTabs : public QWidget
{
    Q_OBJECT
public:
    explicit RequestTabs(QWidget* parent = nullptr);
    ~RequestTabs() override;

    /// Shows the item's tab, a new one where it is not open yet.
    void openItem(const collection::Item& item);
    /// An empty request; `folder` is where it is to be saved, relative to the collection.
    void newItem(const QString& folder = {});
    /// A request that came from elsewhere and is not saved yet: in the current tab where nothing was typed
    /// into that, else in a new one.
    void newContent(const collection::Content& content, const QString& folder);
    void newEntry(const collection::Entry& entry, const QString& folder) { newContent({entry, {}}, folder); }
    /// Puts a header into the current request (a new one where none is open): the token inspector's "Use in
    /// request".
    void setHeader(const QString& name, const QString& value);

    /// Every tab as typed, in order; `collection` and `path` say where it belongs.
    std::vector<store::Draft> drafts() const;
    void restore(const std::vector<store::Draft>& drafts, int current);
    /// Of the requests of the open collection that have edits which are not saved.
    QStringList unsavedPaths() const;
    /// In a tab it is typed how the request is sent, and not finished: it is written nowhere, drafts()
    /// neither.
    bool hasUnfinishedRules();
    /// Asks once about all of them, the first one in front; `deed` runs where they may be lost.
    void askBeforeLosingRules(std::function<void()> deed);
    int currentIndex() const;
    int count() const;
    /// Of the tab in front, for as long as it is open; 0: none is.
    int currentId() const;

    /// The saved state that drafts are compared with, and where authorisation is inherited from.
    void setCollection(const std::optional<collection::Collection>& collection);
    /// What {{name}} stands for; the URL line tells known from unknown names by it.
    void setScopes(const std::vector<variables::Scope>& nearestFirst);
    /// Who requests are sent as.
    void setSession(const SessionUse& session);
    /// The time that the session's end is compared with; the machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    /// Who else they may be sent as.
    void setSentAs(const SentAs& sentAs);
    /// Turns Send into Cancel.
    void setBusy(bool busy);
    /// The tab that asked to be saved is now that file; an empty path: saving failed, the tab stays edited.
    void markSaved(const QString& path);

    /// Keeps an answer with the request of the tab in front, what `clean` knows and what looks like a secret
    /// cut out of it.
    void keepExample(const http::Response& response, const store::Clean& clean);

    collection::Item currentItem() const;
    /// The same for its variables: a new one already has the folder that it is meant for.
    collection::Item currentItemToSend() const;
    /// Where the current request is to be saved when it is new; relative, "" for the collection itself.
    QString currentFolder() const;

    /// The window's Ctrl+Return; nothing happens while a request runs.
    void sendCurrent();
    void saveCurrent();
    void closeCurrent();
    /// The next tab to the right (1) or left (-1), around the ends.
    void step(int by);
    void focusUrl();
    /// A collection was copied: tabs of its requests belong to the copy from now on.
    void moveCollection(const std::string& from, const std::string& to);
    /// Why what connectionEdited told of this request could not be written.
    void sayConnectionProblem(const std::string& path, const Error& error);
    /// The same of what mintedEdited told.
    void sayMintedProblem(const std::string& path, const Error& error);
    /// Requests and folders of the open collection have other paths from the next setCollection on: their
    /// tabs go along, with all that is typed in them.
    void follow(const store::Moves& moves);

Q_SIGNALS:
    void sendRequested(const claimcheck::collection::Item& item);
    /// A field keeps the current request from being sent: nothing was sent.
    void sendRefused(const claimcheck::Error& problem);
    /// A cURL command line was pasted into the URL of the current tab.
    void commandPasted(const QString& text);
    /// How the server of a request is reached is to be written at once. Call sayConnectionProblem where that
    /// fails, else setCollection with what stands there then.
    void connectionEdited(const claimcheck::ui::ConnectionEdit& edit);
    /// The rule by which the token of a request is made is to be written at once. Call sayMintedProblem where
    /// that fails, else setCollection with what stands there then.
    void mintedEdited(const claimcheck::ui::MintedEdit& edit);
    /// The client certificate for the current request is to be shown, and changed.
    void certificateRequested();
    /// Forged tokens for the current request.
    void auditRequested();
    /// The note on the session offers to sign in.
    void signInRequested();
    void cancelRequested();
    /// Beside Send: as whom requests are sent from now on.
    void identityChosen(const QString& name);
    /// A tab's own collection is to be opened; `directory` is its absolute path.
    void collectionWanted(const QString& directory);
    /// Save with Workbench::saveItem(currentFolder(), item), then call markSaved.
    void saveRequested(const claimcheck::collection::Item& item);
    /// Anything was typed, opened or closed: time to keep the drafts.
    void changed();
    /// Another tab is in front; `path` is empty when it was never saved.
    void currentChanged(const QString& path);
    /// A tab is gone; its id is never given again.
    void closed(int id);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
