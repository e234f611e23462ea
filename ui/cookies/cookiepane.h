// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The cookies of the chosen environment: seen, added, changed and removed. Their values are dots until they
// are shown.

#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <QtWidgets/qwidget.h>

#include <base/result.h>
#include <http/exchange.h>

namespace claimcheck::ui {

class CookiePane : public QWidget
{
    Q_OBJECT
public:
    explicit CookiePane(QWidget* parent = nullptr);
    ~CookiePane() override;

    /// Those of `environment` ("" for none) of the collection in that directory. Values are dots again, and
    /// what was deleted is gone, when that is another one.
    void setCookies(std::vector<http::Cookie> cookies, const QString& environment,
                    const QString& directory = {});
    /// What became of the cookie that setRequested() told.
    void showKept(const Result<void>& kept);
    void setClock(std::function<Instant()> clock);

Q_SIGNALS:
    /// Answer with showKept(). Where it is kept, `before` goes unless it has the same name, domain and path.
    void setRequested(const claimcheck::http::Cookie& cookie,
                      const std::optional<claimcheck::http::Cookie>& before);
    void removeRequested(const std::vector<claimcheck::http::Cookie>& cookies);
    /// They were deleted last and are wanted back.
    void restoreRequested(const std::vector<claimcheck::http::Cookie>& cookies);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace claimcheck::ui
