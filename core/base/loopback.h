// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which hosts are this machine itself.

#pragma once

#include <string_view>

namespace claimcheck {

/// 127.0.0.0/8, [::1] and localhost, as they stand in a URL. A name that only begins like one of them
/// ("127.0.0.1.example", "localhost.example") is another machine's.
bool isLoopbackHost(std::string_view host);

} // namespace claimcheck
