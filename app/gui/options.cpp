// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "options.h"

#include <algorithm>
#include <cstdio>
#include <span>

#include <QtCore/qcommandlineparser.h>
#include <QtCore/qcoreapplication.h>
#include <QtCore/qdir.h>
#include <QtCore/qregularexpression.h>

#include <base/text.h>

namespace claimcheck {
namespace {

void describeOptions(QCommandLineParser& parser)
{
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
           "start, work (the main job against the embedded demo API), token, keys, sign, compare, secret, "
           "login, runner, history, environments, cookies or audit.",
           "SCENE");
    option("theme", "system, light, dark or contrast.", "THEME");
    option("size", "Size of the window.", "WxH");
    parser.addPositionalArgument(QStringLiteral("collection"),
                                 QStringLiteral("Folder of a collection to open."),
                                 QStringLiteral("[folder]"));
}

QStringList scenes()
{
    return QStringLiteral(
               "start work token keys sign compare secret login runner history environments cookies "
               "audit")
        .split(u' ');
}

tl::unexpected<Error> refused(const QString& what, const QString& fix)
{
    return failure(ErrorKind::Usage, visible(toUtf8(what)), {}, toUtf8(fix));
}

Result<QString> oneOf(const QCommandLineParser& parser, const QString& option, const QStringList& known,
                      const QString& otherwise)
{
    if (!parser.isSet(option))
        return otherwise;
    const QString value = parser.value(option);
    if (known.contains(value))
        return value;
    return refused(QStringLiteral("--%1 does not know “%2”").arg(option, value),
                   QStringLiteral("use one of: ") + known.join(QStringLiteral(", ")));
}

Result<std::optional<QSize>> sizeOf(const QCommandLineParser& parser)
{
    if (!parser.isSet(QStringLiteral("size")))
        return std::nullopt;
    const QString value = parser.value(QStringLiteral("size"));
    static const QRegularExpression form(QStringLiteral("^([1-9][0-9]{0,4})x([1-9][0-9]{0,4})$"));
    const QRegularExpressionMatch sides = form.match(value);
    if (!sides.hasMatch())
        return refused(QStringLiteral("--size does not understand “%1”").arg(value),
                       QStringLiteral("write width and height in pixels, as in 1280x800"));
    return QSize(sides.captured(1).toInt(), sides.captured(2).toInt());
}

Result<Options> checked(const QCommandLineParser& parser)
{
    Options options;
    const auto scene = oneOf(parser, QStringLiteral("scene"), scenes(), options.scene);
    const auto theme = oneOf(parser, QStringLiteral("theme"),
                             {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark"),
                              QStringLiteral("contrast")},
                             {});
    const auto size = sizeOf(parser);
    if (!scene || !theme)
        return tl::unexpected(scene ? theme.error() : scene.error());
    if (!size)
        return tl::unexpected(size.error());
    options.screenshot = parser.value(QStringLiteral("screenshot"));
    if (options.screenshot.isEmpty() && parser.isSet(QStringLiteral("scene")))
        return refused(QStringLiteral("--scene is given without --screenshot"),
                       QStringLiteral("a scene is played for its picture: say where it goes"));
    options.scene = *scene;
    options.theme = *theme;
    options.size = *size;
    const QStringList folders = parser.positionalArguments();
    if (folders.size() > 1)
        return refused(QStringLiteral("more than one collection is named"),
                       QStringLiteral("name one; the window opens others from its menu"));
    if (!folders.isEmpty())
        options.collection = QDir(folders.constFirst()).absolutePath();
    return options;
}

} // namespace

Result<Options> readOptions(const QStringList& arguments)
{
    QCommandLineParser parser;
    describeOptions(parser);
    if (!parser.parse(arguments))
        return refused(parser.errorText(), QStringLiteral("claimcheck --help lists the options"));
    return checked(parser);
}

std::optional<int> answerWithoutWindow(int argc, char** argv)
{
    if (hasOption(argc, argv, {"-v", "--version"}))
        return std::puts("claimcheck " CLAIMCHECK_VERSION) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
    if (!hasOption(argc, argv, {"-h", "--help", "--help-all"}))
        return std::nullopt;
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    describeOptions(parser);
    return std::fputs(qPrintable(parser.helpText()), stdout) < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

bool hasOption(int argc, char** argv, std::initializer_list<std::string_view> names)
{
    for (const std::string_view given : std::span(argv, static_cast<std::size_t>(argc)).subspan(1)) {
        if (given == "--")
            return false;
        const std::string_view name = given.substr(0, given.find('='));
        if (std::ranges::find(names, name) != names.end())
            return true;
    }
    return false;
}

} // namespace claimcheck
