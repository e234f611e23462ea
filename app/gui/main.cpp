// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// claimcheck: builds the workbench and the window. `--screenshot FILE` plays a scene instead of waiting for
// a person: what ./run leaves behind where there is no display.

#include <algorithm>
#include <cstdio>
#include <span>
#include <string_view>

#include <sys/resource.h>

#include <QtCore/qcommandlineparser.h>
#include <QtCore/qdir.h>
#include <QtCore/qtemporarydir.h>
#include <QtGui/qcursor.h>
#include <QtGui/qicon.h>
#include <QtWidgets/qapplication.h>

#include <mainwindow/mainwindow.h>
#include <mainwindow/scene.h>
#include <resources/resources.h>
#include <store/settings.h>

using namespace claimcheck;

namespace {

constexpr int farAway = 20'000;

struct Options
{
    QString screenshot;
    QString scene = QStringLiteral("work");
    QString theme;
    QString size;
    QString collection;
};

/// A core file would hold every secret that the program has in memory.
void forbidCoreDumps()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

bool hasArgument(int argc, char** argv, std::string_view wanted)
{
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    return std::ranges::any_of(arguments, [wanted](const char* given) { return wanted == given; });
}

/// A picture can be taken where there is no display.
void chooseScreen(int argc, char** argv)
{
    const bool display = qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!display && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && hasArgument(argc, argv, "--screenshot"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

Options readOptions(const QApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QCoreApplication::translate(
        "main",
        "Logs in to an API, takes its tokens apart, proves their signature, calls protected routes."));
    parser.addHelpOption();
    parser.addVersionOption();
    const auto option = [&parser](const char* name, const char* what, const char* value) {
        parser.addOption({QLatin1String(name), QLatin1String(what), QLatin1String(value)});
    };
    option("screenshot", "Play a scene, write its picture to FILE, and quit.", "FILE");
    option("scene",
           "start, work (the main job against the embedded demo API), token, keys, sign, compare, secret or "
           "login.",
           "SCENE");
    option("theme", "system, light, dark or contrast.", "THEME");
    option("size", "Size of the window.", "WxH");
    parser.addPositionalArgument(QStringLiteral("collection"),
                                 QStringLiteral("Folder of a collection to open."),
                                 QStringLiteral("[folder]"));
    parser.process(application);
    Options options;
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    if (parser.isSet(QStringLiteral("scene")))
        options.scene = parser.value(QStringLiteral("scene"));
    options.theme = parser.value(QStringLiteral("theme"));
    options.size = parser.value(QStringLiteral("size"));
    if (!parser.positionalArguments().isEmpty())
        options.collection = QDir(parser.positionalArguments().constFirst()).absolutePath();
    return options;
}

void resizeAsAsked(QWidget& window, const QString& size)
{
    const QStringList sides = size.split(u'x');
    if (sides.size() == 2 && sides[0].toInt() > 0 && sides[1].toInt() > 0)
        window.resize(sides[0].toInt(), sides[1].toInt());
}

int complain(const QString& problem)
{
    std::fprintf(stderr, "claimcheck: %s\n", qPrintable(problem));
    return EXIT_FAILURE;
}

int takePicture(ui::MainWindow& window, workbench::Workbench& workbench, const Options& options)
{
    const std::optional<ui::Scene> scene = ui::sceneNamed(options.scene);
    if (!scene)
        return complain(QStringLiteral(
            "no scene of that name: use start, work, token, keys, sign, compare, secret or login"));
    ui::ScenePlayer player(window, workbench, *scene, options.screenshot);
    QString problem;
    QObject::connect(&player, &ui::ScenePlayer::finished, qApp, [&problem](const QString& found) {
        problem = found;
        QCoreApplication::quit();
    });
    QMetaObject::invokeMethod(&player, &ui::ScenePlayer::play, Qt::QueuedConnection);
    QCoreApplication::exec();
    return problem.isEmpty() ? EXIT_SUCCESS : complain(problem);
}

} // namespace

int main(int argc, char** argv)
{
    forbidCoreDumps();
    QCoreApplication::setApplicationName(QStringLiteral("claimcheck"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CLAIMCHECK_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("claimcheck"));
    if (hasArgument(argc, argv, "--version"))
        return std::puts("claimcheck " CLAIMCHECK_VERSION) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
    chooseScreen(argc, argv);
    QApplication application(argc, argv);
    const Options options = readOptions(application);
    initResources();
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/claimcheck/claimcheck.svg")));
    ui::applyTheme(application, ui::themeNamed(options.theme.toStdString()));

    const bool picture = !options.screenshot.isEmpty();
    const QTemporaryDir scratch; // a picture neither reads nor writes what a person keeps
    workbench::Workbench workbench;
    ui::MainWindow window(workbench, picture ? scratch.path().toStdString() : store::configDirectory());
    window.begin(options.collection);
    if (!options.theme.isEmpty())
        window.setTheme(ui::themeNamed(options.theme.toStdString()));
    resizeAsAsked(window, options.size);
    if (picture)
        QCursor::setPos(farAway, farAway); // nothing in the picture is hovered
    window.show();
    return picture ? takePicture(window, workbench, options) : QApplication::exec();
}
