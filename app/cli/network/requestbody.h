// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of `send`: --data as it is, or --form fields, URL-encoded, or as multipart/form-data (RFC 7578)
// once one of them is a file.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <base/result.h>
#include <http/upload.h>

namespace CLI {
class App;
}

namespace claimcheck::cli {

struct RequestBody
{
    std::string bytes;
    std::string contentType;                         ///< empty: the bytes do not say
    std::shared_ptr<const http::Upload> upload = {}; ///< in place of the bytes: files that are too large
};

class BodyOptions
{
public:
    void addTo(CLI::App& app);
    /// Nothing when there is no body.
    Result<std::optional<RequestBody>> read() const;

private:
    std::optional<std::string> m_data;
    std::vector<std::string> m_fields;
};

} // namespace claimcheck::cli
