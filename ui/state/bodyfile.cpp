// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/bodyfile.h>

#include <array>

#include <QtCore/qfileinfo.h>
#include <QtCore/qsavefile.h>
#include <QtCore/qurl.h>

#include <base/text.h>

namespace claimcheck::ui {
namespace {

constexpr qsizetype longestName = 80;

QString endingOf(const std::string& mediaType)
{
    static constexpr std::array<std::pair<std::string_view, const char*>, 10> endings{{{"json", ".json"},
                                                                                       {"html", ".html"},
                                                                                       {"svg", ".svg"},
                                                                                       {"xml", ".xml"},
                                                                                       {"csv", ".csv"},
                                                                                       {"text/", ".txt"},
                                                                                       {"image/png", ".png"},
                                                                                       {"image/jpeg", ".jpg"},
                                                                                       {"image/gif", ".gif"},
                                                                                       {"pdf", ".pdf"}}};
    const std::string type = toLowerAscii(mediaType);
    for (const auto& [part, ending] : endings)
        if (type.find(part) != std::string::npos)
            return QLatin1String(ending);
    return QStringLiteral(".bin");
}

/// filename="…" (RFC 6266 §4.1); what it says is only a proposal of a stranger.
QString dispositionName(const std::string& header)
{
    const QString text = toQString(header);
    const qsizetype start = text.indexOf(QLatin1String("filename="), 0, Qt::CaseInsensitive);
    if (start < 0)
        return {};
    QString name = text.mid(start + 9).section(u';', 0, 0).trimmed();
    return name.remove(u'"');
}

/// No folder, no hidden file, no sign that a file system could take for something else.
QString harmless(const QString& name)
{
    QString kept;
    for (const QChar sign : name.section(u'/', -1).section(u'\\', -1))
        kept += sign.isLetterOrNumber() || QStringView(u"._-").contains(sign) ? sign : QChar(u'-');
    while (kept.startsWith(u'.') || kept.startsWith(u'-'))
        kept.remove(0, 1);
    return kept.left(longestName);
}

} // namespace

QString suggestedFileName(const http::Response& response, const std::string& url)
{
    const auto header = [&response](const char* name) {
        return http::headerValue(response.headers, name).value_or(std::string());
    };
    QString name = harmless(dispositionName(header("content-disposition")));
    if (name.isEmpty())
        name = harmless(QUrl(toQString(url)).path().section(u'/', -1, -1, QString::SectionSkipEmpty));
    if (name.isEmpty())
        name = QStringLiteral("response");
    return QFileInfo(name).suffix().isEmpty() ? QString(name + endingOf(header("content-type"))) : name;
}

Result<void> saveBody(const http::Body& body, const QString& path)
{
    QSaveFile file(path);
    const auto write = [&file](std::string_view bytes) {
        return file.write(bytes.data(), static_cast<qint64>(bytes.size())) ==
               static_cast<qint64>(bytes.size());
    };
    // It is a temporary file until commit(), and nothing is in it yet: others' rights go first.
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         body.forEachPiece(write);
    if (!written || !file.commit())
        return failure(ErrorKind::Unreadable, "cannot save the body to " + visible(toUtf8(path)),
                       toUtf8(file.errorString()), "check the folder and the space there");
    return {};
}

} // namespace claimcheck::ui
