// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/collectionfile.h>

#include <filesystem>

#include <QtWidgets/qfiledialog.h>

#include <base/text.h>
#include <state/requestproblems.h>
#include <theme/questionbox.h>
#include <variables/resolve.h>

namespace claimcheck::ui {
namespace {

namespace fs = std::filesystem;

constexpr int mostNames = 1000;

QString whyInside(FileUse use)
{
    if (use == FileUse::Trusted)
        return QObject::tr("A collection trusts authorities of its own folder only, so that it works for "
                           "everybody who has it. The file can be copied there.");
    if (use == FileUse::Certificate)
        return QObject::tr("A collection uses certificates of its own folder only. The file can be copied "
                           "there; a private key in it then goes wherever the folder goes.");
    return QObject::tr("A collection sends files of its own folder only, so that it works for "
                       "everybody who has it. The file can be copied there.");
}

QString titleFor(FileUse use)
{
    if (use == FileUse::Trusted)
        return QObject::tr("Choose a file with authorities to trust");
    return use == FileUse::Certificate ? QObject::tr("Choose a certificate or key")
                                       : QObject::tr("Choose a file to send");
}

bool agreesToCopy(QWidget* parent, const std::string& file, FileUse use)
{
    bool agrees = false;
    QuestionBox box(
        QStringLiteral("copyFileQuestion"),
        QObject::tr("“%1” lies outside of the collection's folder.").arg(toQString(visible(file))), parent);
    box.explain(whyInside(use));
    box.offer(QObject::tr("Copy it there"), [&agrees] { agrees = true; });
    box.askAndWait(QObject::tr("Leave it out"));
    return agrees;
}

} // namespace

std::optional<std::string> pathInCollection(const std::string& directory, const std::string& file)
{
    std::error_code error;
    const fs::path root = fs::weakly_canonical(directory, error);
    const fs::path full = error ? fs::path() : fs::weakly_canonical(file, error);
    const fs::path relative = error ? fs::path() : full.lexically_relative(root);
    const bool isInside = !relative.empty() && *relative.begin() != "..";
    return isInside ? std::optional(relative.generic_string()) : std::nullopt;
}

std::string asInCollection(const std::string& directory, const std::string& file)
{
    return fs::path(file).is_absolute() ? pathInCollection(directory, file).value_or(file) : file;
}

QString problemOfCollectionFile(const std::string& directory, const std::string& file)
{
    if (file.empty() || variables::hasVariable(file))
        return {};
    const fs::path full = fs::path(directory) / file;
    const QString name = toQString(visible(file));
    if (!pathInCollection(directory, full.string()))
        return QObject::tr("“%1” is not used: it lies outside of the collection's folder. Choose it with the "
                           "button, which copies it there.")
            .arg(name);
    std::error_code error;
    if (fs::is_regular_file(full, error))
        return {};
    return QObject::tr(
               "“%1” is not used: there is no such file in the collection's folder. Mend the name, or "
               "choose the file with the button.")
        .arg(name);
}

Result<std::string> copyIntoCollection(const std::string& directory, const std::string& file)
{
    const fs::path from(file);
    for (int number = 1; number < mostNames; ++number) {
        const std::string suffix = number > 1 ? "-" + std::to_string(number) : std::string();
        const std::string name = from.stem().string() + suffix + from.extension().string();
        std::error_code error;
        if (fs::copy_file(from, fs::path(directory) / name, fs::copy_options::none, error))
            return name;
        if (error != std::errc::file_exists)
            return failure(ErrorKind::Unreadable, "cannot copy " + visible(file), error.message(),
                           "choose a file in the collection's folder");
    }
    return failure(ErrorKind::Refused, "cannot copy " + visible(file), "a thousand files have that name",
                   "rename the file");
}

std::optional<std::string> chooseCollectionFile(QWidget* parent, const std::string& directory, FileUse use)
{
    const QString chosen = QFileDialog::getOpenFileName(parent, titleFor(use), toQString(directory));
    if (chosen.isEmpty())
        return std::nullopt;
    const std::string file = toUtf8(chosen);
    if (directory.empty())
        return file;
    if (const auto inside = pathInCollection(directory, file))
        return inside;
    if (!agreesToCopy(parent, file, use))
        return std::nullopt;
    const Result<std::string> copied = copyIntoCollection(directory, file);
    if (copied)
        return *copied;
    QuestionBox(QStringLiteral("copyFileProblem"), problemText(copied.error()), parent)
        .askAndWait(QObject::tr("Close"));
    return std::nullopt;
}

} // namespace claimcheck::ui
