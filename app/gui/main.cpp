// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck: builds the workbench and the window. `--screenshot FILE` plays a scene instead of waiting for
// a person: what ./run leaves behind where there is no display.

#include <cstdio>

#include <sys/resource.h>

#include <QtCore/qtemporarydir.h>
#include <QtGui/qcursor.h>
#include <QtGui/qicon.h>
#include <QtGui/qscreen.h>
#include <QtWidgets/qapplication.h>

#include <archive/history.h>
#include <archive/tokenhistory.h>
#include <base/text.h>
#include <keychain/keychain.h>
#include <mainwindow/firstsize.h>
#include <mainwindow/mainwindow.h>
#include <mainwindow/scene.h>
#include <resources/resources.h>
#include <store/settings.h>
#include <store/trash.h>
#include <workbench/secrets.h>

#include "display.h"
#include "options.h"

using namespace claimcheck;

namespace {

constexpr int farAway = 20'000;

/// A core file would hold every secret that the program has in memory.
void forbidCoreDumps()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

/// A picture can be taken where there is no display.
void chooseScreen(int argc, char** argv)
{
    const bool display =
        !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
    if (!display && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM") && hasOption(argc, argv, {"--screenshot"}))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

int complain(const QString& problem, int status = EXIT_FAILURE)
{
    std::fprintf(stderr, "claimcheck: %s\n", qPrintable(problem));
    return status;
}

int takePicture(ui::MainWindow& window, workbench::Workbench& workbench, const Options& options)
{
    ui::ScenePlayer player(window, workbench, ui::sceneNamed(options.scene).value_or(ui::Scene::Work),
                           options.screenshot);
    QString problem;
    QObject::connect(&player, &ui::ScenePlayer::finished, qApp, [&problem](const QString& found) {
        problem = found;
        QCoreApplication::quit();
    });
    QMetaObject::invokeMethod(&player, &ui::ScenePlayer::play, Qt::QueuedConnection);
    QCoreApplication::exec();
    return problem.isEmpty() ? EXIT_SUCCESS : complain(problem);
}

int showWindow(QApplication& application, const Options& options)
{
    ui::applyTheme(application, ui::themeNamed(options.theme.toStdString()));
    const bool picture = !options.screenshot.isEmpty();
    const QTemporaryDir scratch; // a picture neither reads nor writes what a person keeps
    workbench::Workbench workbench;
    ui::MainWindow window(workbench, picture ? scratch.path().toStdString() : store::configDirectory());
    if (!picture) { // what was kept of its place comes after this
        workbench.secrets().setKeychain(keychain::desktopKeychain());
        window.resize(ui::firstSize(window.size(), window.screen()->availableSize(), window.minimumSize()));
    }
    window.setTrash(picture ? scratch.path().toStdString() + "/trash" : store::trashDirectory());
    if (const Result<void> begun = window.begin(options.collection); !begun)
        return complain(toQString(describe(begun.error())), usageStatus);
    // Opening a collection hides what was said before it.
    window.keepTokens(picture ? scratch.path().toStdString() + "/tokens" : archive::tokenHistoryDirectory());
    window.keepHistory(picture ? scratch.path().toStdString() + "/history" : archive::historyDirectory());
    if (!options.theme.isEmpty())
        window.setTheme(ui::themeNamed(options.theme.toStdString()));
    if (options.size)
        window.resize(*options.size);
    if (picture)
        QCursor::setPos(farAway, farAway); // nothing in the picture is hovered
    window.show();
    return picture ? takePicture(window, workbench, options) : QApplication::exec();
}

} // namespace

int main(int argc, char** argv)
{
    forbidCoreDumps();
    QCoreApplication::setApplicationName(QStringLiteral("claimcheck"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CLAIMCHECK_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("claimcheck"));
    if (const std::optional<int> answered = answerWithoutWindow(argc, argv))
        return *answered;
    chooseScreen(argc, argv);
    std::optional<DisplayWatch> watch(std::in_place);
    QApplication application(argc, argv);
    watch.reset();
    const Result<Options> options = readOptions(QCoreApplication::arguments());
    if (!options)
        return complain(toQString(describe(options.error())), usageStatus);
    initResources();
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/claimcheck/claimcheck.svg")));
    return showWindow(application, *options);
}
