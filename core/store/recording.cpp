// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/recording.h>

#include <filesystem>

#include <base/text.h>
#include <store/collectionread.h>
#include <store/files.h>
#include <store/opencollection.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* environmentFolder = "environments";

std::vector<std::string> filesIn(const std::string& directory, const std::string& folder)
{
    std::vector<std::string> paths;
    std::error_code error;
    for (fs::directory_iterator next(fs::path(directory) / folder, error), end; !error && next != end;
         next.increment(error))
        if (next->path().extension() == ".yml")
            paths.push_back((fs::path(folder) / next->path().filename()).string());
    return paths;
}

/// Links are resolved: what they point at is what is written.
std::string fileOf(const std::string& directory, const std::string& path)
{
    const Result<fs::path> inside = pathInside(directory, path);
    return inside ? inside->string() : std::string();
}

} // namespace

Recording::Recording(std::string directory) : m_directory(std::move(directory))
{
    for (const std::string& path : filesIn(m_directory, {}))
        m_before[path];
    for (const std::string& path : filesIn(m_directory, environmentFolder))
        m_before[path] = bytesOf(m_directory, path).value_or(std::string());
}

Change Recording::finish(const std::string& what) const
{
    Change change;
    change.what = what;
    for (const char* folder : {"", environmentFolder})
        for (const std::string& path : filesIn(m_directory, folder)) {
            const auto known = m_before.find(path);
            const bool isNew = known == m_before.end();
            const std::optional<std::string> now = bytesOf(m_directory, path);
            if (!now || (!isNew && (*folder == '\0' || known->second == *now)))
                continue;
            change.steps.push_back({Step::Kind::Rewrite,
                                    fileOf(m_directory, path),
                                    {},
                                    isNew ? std::nullopt : std::optional(known->second),
                                    now,
                                    {},
                                    privacyOf(fileOf(m_directory, path))});
            if (*folder == '\0')
                change.shown.push_back(path);
        }
    return change;
}

Result<Change> recordSave(const std::string& directory, const std::string& path,
                          std::optional<std::string> before)
{
    Change change;
    change.what = "cannot take back what was saved in " + visible(path);
    const Result<fs::path> file = pathInside(directory, path);
    Result<std::string> now =
        file ? readFile(file->string(), StoreLimits().bytes) : tl::unexpected(file.error());
    if (!now)
        return tl::unexpected(now.error());
    change.shown = {path};
    if (before)
        change.before = {path};
    if (!before || *before != *now)
        change.steps.push_back({Step::Kind::Rewrite,
                                file->string(),
                                {},
                                std::move(before),
                                *std::move(now),
                                {},
                                privacyOf(file->string())});
    return change;
}

std::optional<std::string> bytesOf(const std::string& directory, const std::string& path)
{
    const std::string file = fileOf(directory, path);
    Result<std::string> text = file.empty() ? Result<std::string>(failure(ErrorKind::Unreadable, path, {}))
                                            : readFile(file, StoreLimits().bytes);
    return text ? std::optional(*std::move(text)) : std::nullopt;
}

} // namespace claimcheck::store
