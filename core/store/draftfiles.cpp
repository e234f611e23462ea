// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <store/draftfiles.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <set>
#include <string_view>

#include <unistd.h>

#include <base/text.h>
#include <store/draftmerge.h>
#include <store/files.h>
#include <store/jsonfile.h>

namespace claimcheck::store {
namespace {

namespace fs = std::filesystem;

constexpr int mostWindows = 1000;
constexpr std::string_view environmentPrefix = "environment-";

std::string pathIn(const std::string& directory, const std::string& name)
{
    return (fs::path(directory) / name).string();
}

std::unique_ptr<FileLock> lockOf(const std::string& directory, int number)
{
    return std::make_unique<FileLock>(pathIn(directory, numberedName(draftsStem, number) + ".lock"));
}

/// 2 for drafts-2.json and environment-drafts-2.json; 0 for what is neither, as drafts-2.broken.json.
int fileNumber(std::string_view name)
{
    if (name.starts_with(environmentPrefix))
        name.remove_prefix(environmentPrefix.size());
    int number = 1;
    if (const std::size_t dash = name.find('-'); dash != std::string_view::npos)
        std::from_chars(name.data() + dash + 1, name.data() + name.size(), number);
    const bool isOne = number > 0 && name == numberedName(draftsStem, number) + ".json";
    return isOne ? number : 0;
}

std::set<int> numbersIn(const std::string& directory)
{
    std::set<int> numbers;
    std::error_code error;
    for (fs::directory_iterator entry(directory, error), end; !error && entry != end; entry.increment(error))
        if (const int number = fileNumber(entry->path().filename().string()); number != 0)
            numbers.insert(number);
    return numbers;
}

Result<void> removeIfThere(const std::string& path)
{
    if (::unlink(path.c_str()) == 0 || errno == ENOENT)
        return {};
    const std::string why = std::strerror(errno);
    return failure(ErrorKind::Unreadable, "cannot remove " + visible(path), why,
                   "check the owner and mode of its folder; what was in it is kept elsewhere, too");
}

/// The file without its tabs; no file where nothing else was typed.
Result<void> leaveLogin(const std::string& directory, int number, const LoginDraft& login)
{
    if (login == LoginDraft())
        return removeIfThere(pathIn(directory, numberedName(draftsStem, number) + ".json"));
    return saveDrafts(directory, {{}, -1, login}, number);
}

Result<void> leaveEnvironments(const std::string& directory, int number,
                               const std::vector<EnvironmentDraft>& environments)
{
    if (environments.empty())
        return removeIfThere(pathIn(directory, numberedName(environmentDraftsStem, number) + ".json"));
    return saveEnvironmentDrafts(directory, environments, number);
}

} // namespace

DraftFiles::DraftFiles(std::string directory) : m_directory(std::move(directory)) {}

DraftFiles::~DraftFiles() = default;

/// Where nothing can be locked, the first files are used as if this window were the only one.
void DraftFiles::claim()
{
    if (m_number != 0)
        return;
    makeDirectories(m_directory, Privacy::OwnerOnly); // who writes says where that fails
    do
        m_lock = lockOf(m_directory, ++m_number);
    while (m_lock->state() == FileLock::State::Others && m_number < mostWindows);
}

DraftFiles::Kept DraftFiles::load()
{
    claim();
    Kept kept;
    if (Result<Drafts> drafts = loadDrafts(m_directory, m_number))
        kept.drafts = *std::move(drafts);
    else
        kept.problems.push_back(drafts.error());
    if (Result<std::vector<EnvironmentDraft>> environments = loadEnvironmentDrafts(m_directory, m_number))
        kept.environments = *std::move(environments);
    else
        kept.problems.push_back(environments.error());
    for (const int number : numbersIn(m_directory))
        if (number != m_number)
            takeOver(number, kept);
    if (m_taken.empty())
        return kept;
    // Before anything is typed: what a kill leaves twice is the same then.
    for (const Result<void>& written : {save(kept.drafts), saveEnvironments(kept.environments)})
        if (!written)
            kept.problems.push_back(written.error());
    return kept;
}

/// What cannot be read stays where it is.
void DraftFiles::takeOver(int number, Kept& kept)
{
    Taken taken;
    taken.number = number;
    taken.lock = lockOf(m_directory, number);
    if (taken.lock->state() != FileLock::State::Ours)
        return;
    if (const Result<Drafts> drafts = loadDrafts(m_directory, number))
        taken.login = mergeDrafts(kept.drafts, *drafts);
    else
        kept.problems.push_back(drafts.error());
    if (const Result<std::vector<EnvironmentDraft>> drafts = loadEnvironmentDrafts(m_directory, number))
        taken.environments = mergeEnvironmentDrafts(kept.environments, *drafts);
    else
        kept.problems.push_back(drafts.error());
    m_taken.push_back(std::move(taken));
}

Result<void> DraftFiles::save(Drafts drafts)
{
    claim();
    Result<void> done = saveDrafts(m_directory, std::move(drafts), m_number);
    for (Taken& taken : m_taken) {
        if (done && taken.login)
            done = leaveLogin(m_directory, taken.number, *taken.login);
        if (done)
            taken.login.reset();
    }
    forgetDone();
    return done;
}

Result<void> DraftFiles::saveEnvironments(std::vector<EnvironmentDraft> environments)
{
    claim();
    Result<void> done = saveEnvironmentDrafts(m_directory, std::move(environments), m_number);
    for (Taken& taken : m_taken) {
        if (done && taken.environments)
            done = leaveEnvironments(m_directory, taken.number, *taken.environments);
        if (done)
            taken.environments.reset();
    }
    forgetDone();
    return done;
}

/// Another window may use these now.
void DraftFiles::forgetDone()
{
    std::erase_if(m_taken, [](const Taken& taken) { return !taken.login && !taken.environments; });
}

} // namespace claimcheck::store
