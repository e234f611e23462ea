// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The life of a token on one line: from nbf or iat to exp, with a mark where now is. Where exp cannot be read
// there is no bar, but words: a bar without an end would say that the token never expires.

#pragma once

#include <optional>
#include <string>

#include <QtWidgets/qwidget.h>

#include <base/time.h>

class QPainter;

namespace claimcheck::ui {

struct Validity
{
    std::optional<Instant> issuedAt;
    std::optional<Instant> notBefore;
    std::optional<Instant> expiresAt;
    std::string unreadableExpiry = {}; ///< as inspect::Inspection has it: there is an exp, and it is no time

    bool operator==(const Validity&) const = default;
};

/// Where things stand on the bar, from 0 (left end) to 1 (right end).
struct ValidityPlaces
{
    double from = 0;  ///< the token is valid from here …
    double until = 1; ///< … to here
    double now = 0.5;
};
/// The bar spans all points, from end to end; where an end is open it goes on a little.
ValidityPlaces placesOf(const Validity& validity, Instant now);

class ValidityBar : public QWidget
{
    Q_OBJECT
public:
    explicit ValidityBar(QWidget* parent = nullptr);

    void setValidity(const Validity& validity, Instant now);
    /// "issued 13:33:20, now 13:51:10, expires 14:33:20": the bar in words.
    QString words() const;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString startWords() const;
    QString endWords() const;
    void paintWords(QPainter& painter) const;

    Validity m_validity;
    Instant m_now{};
};

} // namespace claimcheck::ui
