// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Where a whole collection is put together before anybody sees it.

#pragma once

#include <filesystem>
#include <string>
#include <system_error>

#include <base/result.h>

namespace claimcheck::store {

/// A folder of ours beside the new place, gone with this object unless it was moved.
class Workplace
{
public:
    explicit Workplace(const std::filesystem::path& target)
        : m_path(target.parent_path() / ("." + target.filename().string() + ".tmp"))
    {}
    ~Workplace()
    {
        std::error_code ignored;
        if (m_made)
            std::filesystem::remove_all(m_path, ignored);
    }
    Workplace(const Workplace&) = delete;
    Workplace& operator=(const Workplace&) = delete;

    std::error_code make()
    {
        std::error_code error;
        m_made = std::filesystem::create_directory(m_path, error);
        return !m_made && !error ? std::make_error_code(std::errc::file_exists) : error;
    }
    std::error_code moveTo(const std::filesystem::path& target)
    {
        std::error_code error;
        std::filesystem::rename(m_path, target, error);
        m_made = m_made && static_cast<bool>(error);
        return error;
    }
    const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
    bool m_made = false;
};

/// Refused unless nothing, or an empty folder, stands at `target`; the folders around it are made. `what`
/// opens the error.
Result<void> checkPlace(const std::filesystem::path& target, const std::string& what);

} // namespace claimcheck::store
