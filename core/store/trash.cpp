// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/trash.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include <base/text.h>
#include <store/files.h>
#include <store/jsonfile.h>
#include <store/settings.h>
#include <store/transfer.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

constexpr const char* originFile = "origin.json";
constexpr const char* filesFolder = "files";

struct Place
{
    fs::path path;
    fs::file_time_type time;
    std::uintmax_t bytes = 0;
};

std::uintmax_t sizeOf(const fs::path& path)
{
    std::uintmax_t bytes = 0;
    std::error_code error;
    std::error_code ignored;
    for (fs::recursive_directory_iterator next(path, error), end; !error && next != end;
         next.increment(error))
        if (next->is_regular_file(ignored) && !next->is_symlink(ignored))
            bytes += next->file_size(ignored);
    return bytes;
}

/// A place is as old as its origin.json, which nobody touches afterwards.
std::vector<Place> placesIn(const std::string& directory, const std::set<std::string>& kept)
{
    std::vector<Place> places;
    std::error_code error;
    for (fs::directory_iterator next(directory, error), end; !error && next != end; next.increment(error)) {
        std::error_code unknown;
        const auto time = fs::last_write_time(next->path() / originFile, unknown);
        if (!unknown && kept.count(next->path().filename().string()) == 0)
            places.push_back({next->path(), time, sizeOf(next->path())});
    }
    std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
        return std::pair(b.time, b.path) < std::pair(a.time, a.path);
    });
    return places;
}

} // namespace

Trash::Trash(std::string directory) : m_directory(std::move(directory)) {}

Result<std::string> Trash::placeFor(const std::string& collection, const std::string& path)
{
    if (m_directory.empty())
        return failure(ErrorKind::Usage, "cannot delete " + visible(path), "there is no folder for the trash",
                       "set HOME or XDG_DATA_HOME");
    if (const auto made = makeDirectories(m_directory, Privacy::OwnerOnly); !made)
        return tl::unexpected(made.error());
    std::string place = m_directory + "/XXXXXX";
    if (::mkdtemp(place.data()) == nullptr)
        return systemError(errno, "cannot use the trash " + visible(m_directory));
    json::Writer writer(json::Layout::Pretty);
    writer.beginObject().member("collection").value(collection).member("path").value(path).endObject();
    const std::string files = place + "/" + filesFolder;
    const auto made = makeDirectories(files, Privacy::OwnerOnly);
    const auto noted = made ? saveJsonFile(place, originFile, writer) : made;
    if (!noted) {
        std::error_code ignored;
        fs::remove_all(place, ignored);
        return tl::unexpected(noted.error());
    }
    m_own.insert(fs::path(place).filename().string());
    return files + "/" + fs::path(path).filename().string();
}

void Trash::sweep(Instant now, const TrashLimits& limits) const
{
    std::error_code ignored;
    std::uintmax_t bytes = 0;
    const auto oldest =
        std::chrono::file_clock::from_sys(std::chrono::time_point_cast<std::chrono::nanoseconds>(now)) -
        limits.age;
    for (const Place& place : placesIn(m_directory, m_own)) { // the newest first
        bytes += place.bytes;
        if (place.time < oldest || bytes > limits.bytes)
            fs::remove_all(place.path, ignored);
    }
}

std::string trashDirectory()
{
    return dataDirectory() + "/trash";
}

} // namespace claimcheck::store
