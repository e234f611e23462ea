// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Pictures of the real window without a person in front of it: the start page, the inspector, or the main
// job done for real against the embedded demo API through the window's own widgets.

#pragma once

#include <optional>

#include <QtCore/qobject.h>
#include <QtCore/qtimer.h>

#include <mainwindow/mainwindow.h>

namespace claimcheck::ui {

enum class Scene
{
    Start,        ///< "start"
    Work,         ///< "work": demo, login, GET /protected
    Token,        ///< "token": demo, login, the inspector with the token
    Login,        ///< "login": demo, login, the session page
    Keys,         ///< "keys": as "token", with the demo's published keys in the ring
    Sign,         ///< "sign": as "token", edited and signed anew
    Compare,      ///< "compare": as "sign", beside the original
    Secret,       ///< "secret": as "token", its secret searched for
    Runner,       ///< "runner": demo, login, its collection run
    History,      ///< "history": as "work", and the exchange in the history
    Environments, ///< "environments": the demo collection's, with a secret and values of every kind
    Cookies,      ///< "cookies": two in the jar
    Audit         ///< "audit": demo, its careless twin audited
};
std::optional<Scene> sceneNamed(const QString& name);

/// Plays one scene, saves the picture and says how it went. One that is given up leaves no picture.
class ScenePlayer : public QObject
{
    Q_OBJECT
public:
    /// A slow machine is no error: only what hangs takes that long.
    static constexpr int patience = 120; ///< s

    ScenePlayer(MainWindow& window, workbench::Workbench& workbench, Scene scene, const QString& file,
                int limit = patience);

    void play();

Q_SIGNALS:
    /// An empty `problem`: the picture is saved.
    void finished(const QString& problem);

private:
    void signIn();
    void afterLogin(const workbench::LoginResult& result);
    void sendProtected();
    void afterExchange(const workbench::ExchangeResult& result);
    void showTokenTool();
    void fetchKeys();
    void signAnew();
    void searchSecret();
    void runCollection();
    void showHistory();
    void showEnvironments();
    void showCookies();
    void auditCareless();
    void click(const char* button);
    void grabSoon();
    void grab();
    void end(const QString& problem);

    MainWindow& m_window;
    workbench::Workbench& m_workbench;
    Scene m_scene;
    QString m_file;
    QTimer m_deadline{this};
    QTimer m_settled{this};
    bool m_ended = false;
};

} // namespace claimcheck::ui
