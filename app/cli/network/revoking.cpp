// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "revoking.h"

#include <auth/tokenrequest.h>
#include <auth/tokenservice.h>

#include "serverquestion.h"

namespace claimcheck::cli {

Result<bool> revokeTokens(const auth::AnyLogin& login, const auth::LiveTokens& tokens)
{
    const auto* const grant = std::get_if<auth::OAuthLogin>(&login);
    if (grant == nullptr)
        return false;
    auth::OAuthLogin asked = *grant;
    const bool canRenew = !tokens.refreshToken.isEmpty();
    const auto answer = askServer(asked, [&](const auth::OAuthLogin& found, const auth::Moment& moment) {
        return auth::revocationRequest(
            found, canRenew ? tokens.refreshToken : tokens.accessToken,
            canRenew ? auth::TokenKind::RefreshToken : auth::TokenKind::AccessToken, moment);
    });
    if (!answer)
        return tl::unexpected(answer.error());
    const auto revoked = auth::readRevocation(asked, answer->response, answer->sent);
    return revoked ? Result<bool>(true) : tl::unexpected(revoked.error());
}

} // namespace claimcheck::cli
