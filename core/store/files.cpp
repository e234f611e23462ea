// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// POSIX calls, because QSaveFile neither flushes the folder nor says why a step failed.

#include <store/files.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <random>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <QtCore/qcryptographichash.h>

#include <base/text.h>
#include <store/descriptor.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

/// What to do about it, where the system's reason tells.
std::string fixFor(int error, const std::string& otherwise)
{
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return "free some space on the disk, then try again";
    case EROFS:
        return "the disk can only be read; save elsewhere, or mount it for writing";
    case EACCES:
    case EPERM:
        return "check the owner and mode of the file and its folder";
    default:
        return otherwise;
    }
}

tl::unexpected<Error> systemFailure(const std::string& doing, const std::string& path, const std::string& fix)
{
    const int error = errno;
    return failure(ErrorKind::Unreadable, "cannot " + doing + " " + visible(path), std::strerror(error),
                   fixFor(error, fix));
}

bool writeAll(int file, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(file, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

fs::path folderOf(const std::string& path)
{
    const fs::path folder = fs::path(path).parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

/// A name beside `path` that no reader of collections takes for a request: it starts with a dot and ends in
/// .tmp.
std::string temporaryName(const std::string& path)
{
    std::random_device random;
    std::string name = "." + fs::path(path).filename().string() + ".";
    for (int i = 0; i < 8; ++i)
        name += "abcdefghijklmnopqrstuvwxyz012345"[random() % 32u];
    return (folderOf(path) / (name + ".tmp")).string();
}

mode_t modeFor(const std::string& path, Privacy privacy, bool& exact)
{
    struct stat info = {};
    const bool isThere = ::stat(path.c_str(), &info) == 0;
    exact = privacy == Privacy::OwnerOnly || isThere;
    if (privacy == Privacy::OwnerOnly) // 0400 stays so
        return isThere ? (info.st_mode & S_IWUSR) | S_IRUSR : S_IRUSR | S_IWUSR;
    return isThere ? info.st_mode & 07777u : 0666u;
}

/// Writes and flushes `content` to a temporary file beside `path`; gives its name.
Result<std::string> writeBeside(const std::string& path, std::string_view content, Privacy privacy)
{
    bool exact = false;
    const mode_t mode = modeFor(path, privacy, exact);
    const std::string name = temporaryName(path);
    const std::string fix = "check the folder's owner, mode and free space";
    Descriptor file(::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode & 0666u));
    if (!file.isOpen())
        return systemFailure("write", path, fix);
    const bool done = (!exact || ::fchmod(file.number(), mode) == 0) && writeAll(file.number(), content) &&
                      ::fsync(file.number()) == 0 && file.close();
    if (done)
        return name;
    const auto failed = systemFailure("write", path, fix);
    ::unlink(name.c_str());
    return failed;
}

/// Without this a rename may be lost by a power cut. Some file systems cannot do it: then there is nothing to
/// do.
void flushFolderOf(const std::string& path)
{
    const Descriptor folder(::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.isOpen())
        ::fsync(folder.number());
}

/// link() fails where the target exists; file systems without links fall back to a check and a rename.
int moveToNew(const std::string& from, const std::string& to)
{
    if (::link(from.c_str(), to.c_str()) == 0)
        return ::unlink(from.c_str());
    if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS)
        return -1;
    const Descriptor reserved(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    return reserved.isOpen() ? ::rename(from.c_str(), to.c_str()) : -1;
}

} // namespace

Result<std::string> readFile(const std::string& path, std::size_t limit)
{
    // Without O_NONBLOCK a pipe that nobody writes to would be waited for without end.
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    struct stat info = {};
    if (!file.isOpen() || ::fstat(file.number(), &info) != 0)
        return systemFailure("read", path, "check the path and the file's owner and mode");
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) // of a folder the system says what it is
        return failure(ErrorKind::Unreadable, "cannot read " + visible(path), "it is no regular file",
                       "use a file that is no pipe and no device");
    std::string content;
    std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t count = ::read(file.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemFailure("read", path, "check that it is a file");
        if (count == 0)
            return content;
        content.append(buffer.data(), static_cast<std::size_t>(count));
        if (content.size() > limit)
            return failure(ErrorKind::TooLarge, "cannot read " + visible(path),
                           "it is larger than " + formatSize(limit), "use a smaller file");
    }
}

Privacy privacyOf(const std::string& path)
{
    struct stat info = {};
    return ::stat(path.c_str(), &info) == 0 && (info.st_mode & 077u) == 0 ? Privacy::OwnerOnly
                                                                          : Privacy::Shared;
}

Result<void> writeFileAtomically(const std::string& path, std::string_view content, Privacy privacy)
{
    const Result<std::string> temporary = writeBeside(path, content, privacy);
    if (!temporary)
        return tl::unexpected(temporary.error());
    if (::rename(temporary->c_str(), path.c_str()) != 0) {
        const auto failed =
            systemFailure("replace", path, "check that it is a file and that the folder can be changed");
        ::unlink(temporary->c_str());
        return failed;
    }
    flushFolderOf(path);
    return {};
}

Result<void> writeNewFile(const std::string& path, std::string_view content, Privacy privacy)
{
    const Result<std::string> temporary = writeBeside(path, content, privacy);
    if (!temporary)
        return tl::unexpected(temporary.error());
    if (moveToNew(*temporary, path) != 0) {
        const bool isTaken = errno == EEXIST;
        auto failed = systemFailure("make", path, "use another name");
        failed.value().kind = isTaken ? ErrorKind::Refused : ErrorKind::Unreadable;
        ::unlink(temporary->c_str());
        return failed;
    }
    flushFolderOf(path);
    return {};
}

Result<void> makeDirectories(const std::string& path, Privacy privacy)
{
    std::string current;
    for (const fs::path& part : fs::path(path)) {
        current = (fs::path(current) / part).string();
        if (::mkdir(current.c_str(), privacy == Privacy::OwnerOnly ? 0700 : 0777) != 0 && errno != EEXIST)
            return systemFailure("make the folder", current,
                                 "check the owner and mode of the folder around it");
    }
    if (!fs::is_directory(path))
        return failure(ErrorKind::Unreadable, "cannot make the folder " + visible(path),
                       "a file of that name is there", "use another name");
    return {};
}

std::string fingerprint(std::string_view content)
{
    // OpenSSL's is many times as fast as Qt's, and every file of a collection comes through here when it
    // opens; looking the algorithm up takes it as long as hashing a small file.
    static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> sha256(
        EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free);
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    if (sha256 && EVP_Digest(content.data(), content.size(), reinterpret_cast<unsigned char*>(digest.data()),
                             nullptr, sha256.get(), nullptr) == 1)
        return toHex(digest);
    return QCryptographicHash::hash({content.data(), static_cast<qsizetype>(content.size())},
                                    QCryptographicHash::Sha256)
        .toHex()
        .toStdString();
}

} // namespace claimcheck::store
