// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The window: places the panes and connects them with the workbench. Down goes one call with one value, up
// comes one signal with one value; panes do not know each other.

#pragma once

#include <functional>
#include <set>

#include <QtWidgets/qmainwindow.h>

#include <interop/imported.h>
#include <mainwindow/actions.h>
#include <mainwindow/keeper.h>
#include <theme/desktopwatch.h>
#include <workbench/edits.h>
#include <workbench/historykeeper.h>
#include <workbench/tokenhistorykeeper.h>
#include <workbench/workbench.h>

class QMenu;
class QStackedWidget;

namespace claimcheck::ui {

class AccessDesk;
class Answers;
class AuditDesk;
class CollectionPane;
class CookiePane;
class EnvironmentDesk;
class EnvironmentPane;
class FoldingColumns;
class HistoryDesk;
class HistoryPage;
class TokenHistoryDesk;
class IdentityDesk;
class IdentityList;
class LoginPane;
class NoticeBar;
class Rail;
class RequestTabs;
class ResponsePane;
class RunnerPane;
class StartPage;
class BottomLine;
class TimeAxis;
class TokenPane;
class TopBar;

enum class Page
{
    Start,
    Work,
    Token,
    Session,
    Runner,
    History,
    Environments,
    Cookies,
    Audit,
    Access
};

/// What nothing keeps when the window closes; each is asked about by itself.
enum class Loss
{
    Demo,
    UnfinishedRules,
    TypedSecrets
};

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// `configDirectory`: where settings and drafts are kept.
    MainWindow(workbench::Workbench& workbench, const std::string& configDirectory);
    ~MainWindow() override;

    /// Reads settings and drafts and opens what was open last, or `directory` where it is not empty: then it
    /// also tells why that cannot be opened.
    Result<void> begin(const QString& directory = {});
    void showPage(Page page);
    Result<void> openCollection(const QString& directory);
    /// Shows a request of the open collection by its relative path.
    void openItem(const QString& path);
    void startDemo();
    /// Keeps every exchange in that folder from now on.
    void keepHistory(const std::string& directory);
    /// The same for tokens, which is off until the user turns it on.
    void keepTokens(const std::string& directory);
    void setTheme(ThemeName name);
    IdentityDesk& identities() { return *m_identityDesk; }
    const AuditDesk& audits() const { return *m_audits; }
    const AccessDesk& access() const { return *m_access; }
    /// Where deleted requests go.
    void setTrash(const std::string& directory);
    /// cURL command lines become requests: unsaved ones in tabs, those with parts or files in the collection.
    void takeCommand(const QString& text, const QString& folder);
    /// Postman files become a collection, or environments of the one that is open; `directory` is asked for
    /// where it is empty.
    void importFiles(const QStringList& files, QString directory = {});

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void makePanes();
    QWidget* makeCentre();
    void makeWorkPage();
    QWidget* makeSessionPage();
    void chooseSide(bool login);
    /// The requests come up; where they are up already the keyboard stays where it is.
    void bringRequests();
    void connectActions();
    void connectPanes();
    void connectTokens();
    void connectWorkbench();
    void connectOpening();
    void connectKeeping();
    void connectHistory();
    void connectCookies();
    void connectAudits();
    void connectAccess();
    void showCookies();
    QWidget* widgetOf(Page page) const;
    void connectTree();

    void chooseCollection();
    void openFirstGet();
    void createCollection();
    void saveCollectionAs();
    void chooseFilesToImport();
    void addToCollection(interop::Imported imported, workbench::Edit edit);
    void copyAsCurl(const QString& path);
    bool asksBeforeQuitting();
    std::function<void()> quitOver(Loss loss);
    void askAboutTheDemo();
    void askAboutTypedSecrets(const QStringList& places);
    std::vector<Error> loadKept();
    void sayAll(const std::vector<Error>& problems);
    void fillCollectionMenu();
    void showOpening(int read, int files);
    void showOpened(const QString& directory, const std::optional<Error>& problem);
    void showCollection();
    void showSession(const workbench::SessionState& state);
    void showLogin(const workbench::LoginResult& result);
    void showAnswer(const workbench::LoginResult& result);
    void showBesides();
    void refuseToSend(const Error& problem);
    void showRunExchange(const QString& path, const http::Exchange& exchange);
    void showExchange(const workbench::ExchangeResult& result);
    void setSending(bool sending);
    void renewCancel();
    void setSigningIn(bool signingIn);
    void save();
    void askAboutSecrets(const Error& found);
    void write(store::FoundSecrets secrets);
    void showUnsaved(const Error& error);
    void selectEnvironment(const QString& name);
    void inspect(const QString& pasted);
    void offerToken(const std::string& token);
    void renewScopes();
    void renewActions();
    void toggleTheme();
    void showAbout();
    store::Drafts drafts() const;

    workbench::Workbench& m_workbench;
    workbench::Edits m_edits;
    Actions m_actions;
    Keeper m_keeper;
    DesktopWatch m_desktop;
    workbench::HistoryKeeper m_historyKeeper;
    workbench::TokenHistoryKeeper m_tokenKeeper;
    std::string m_configDirectory;
    QMenu* m_collectionMenu;
    TopBar* m_top;
    NoticeBar* m_notice;
    Rail* m_rail;
    QStackedWidget* m_pages;
    BottomLine* m_status;
    StartPage* m_start;
    FoldingColumns* m_work;
    QStackedWidget* m_side; ///< left of the requests: the collection, or the login
    CollectionPane* m_collections;
    RequestTabs* m_requests;
    ResponsePane* m_response;
    std::unique_ptr<Answers> m_answers;
    TokenPane* m_token;
    LoginPane* m_login;
    IdentityList* m_identities;
    TimeAxis* m_axis;
    QWidget* m_sessions; ///< identities, and under them the sign-in form
    IdentityDesk* m_identityDesk;
    RunnerPane* m_runner;
    HistoryDesk* m_history;
    TokenHistoryDesk* m_tokenHistory;
    HistoryPage* m_historyPage;
    EnvironmentPane* m_environments;
    EnvironmentDesk* m_environmentDesk;
    CookiePane* m_cookies;
    AuditDesk* m_audits;
    AccessDesk* m_access;
    int m_treeWidth = 0;       ///< while the login is shown in its place
    std::string m_offered;     ///< the token that the window itself put into the inspector
    std::string m_movingFrom;  ///< while a collection is saved elsewhere: where it was
    QString m_noticeOfFiles;   ///< that the open collection cannot be read
    bool m_demoEdited = false; ///< something was written into the demo collection
    std::set<Loss> m_mayLose;  ///< what the user said in the attempt to quit that is under way
    bool m_sending = false;
    bool m_signingIn = false;
    bool m_ready = false; ///< settings and drafts were read: changes may be kept
};

} // namespace claimcheck::ui
