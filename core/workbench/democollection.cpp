// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "democollection.h"

#include <base/text.h>
#include <resources/resources.h>
#include <store/files.h>
#include <store/opencollection.h>

#include <QtCore/qdir.h>
#include <QtCore/qdiriterator.h>
#include <QtCore/qfile.h>

namespace claimcheck::workbench {

static Result<void> copyFile(const QString& from, const QString& to)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Internal, "cannot read the shipped file " + toUtf8(from),
                       toUtf8(source.errorString()));
    const QByteArray bytes = source.readAll();
    return store::writeFileAtomically(
        toUtf8(to), std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())),
        store::Privacy::OwnerOnly);
}

static Result<void> copyTree(const QString& from, const QString& to)
{
    QDirIterator files(from, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        const QString target = to + path.mid(from.size());
        if (!QDir().mkpath(QFileInfo(target).path()))
            return failure(ErrorKind::Unreadable, "cannot make the folder of " + toUtf8(target),
                           "the system refused it", "check the space and rights of the temporary folder");
        if (auto copied = copyFile(path, target); !copied)
            return copied;
    }
    return {};
}

static Result<void> setBaseUrl(const std::string& directory, const std::string& url)
{
    const auto opened = store::openCollection(directory);
    if (!opened)
        return tl::unexpected(opened.error());
    for (collection::Environment environment : opened->environments) {
        for (variables::Variable& variable : environment.variables)
            if (variable.name == "baseUrl")
                variable.value = url;
        if (auto saved = store::saveEnvironment(*opened, environment); !saved)
            return tl::unexpected(saved.error());
    }
    return {};
}

DemoCollection::DemoCollection() : m_folder(QDir::tempPath() + QStringLiteral("/claimcheck-demo-XXXXXX")) {}

std::string DemoCollection::directory() const
{
    return toUtf8(m_folder.path());
}

Result<void> DemoCollection::unpack(const std::string& url)
{
    if (!m_folder.isValid())
        return failure(ErrorKind::Unreadable, "cannot make a temporary folder for the demo collection",
                       toUtf8(m_folder.errorString()), "check the space and rights of the temporary folder");
    initResources();
    if (auto copied = copyTree(QStringLiteral(":/claimcheck/demo"), m_folder.path()); !copied)
        return copied;
    return setBaseUrl(directory(), url);
}

} // namespace claimcheck::workbench
