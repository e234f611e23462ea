// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One cookie as fields: a new one, or one that is changed. It stays open for as long as the jar refuses.

#pragma once

#include <functional>
#include <optional>

#include <QtWidgets/qdialog.h>

#include <base/result.h>
#include <http/exchange.h>

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace claimcheck::ui {

class CookieDialog : public QDialog
{
    Q_OBJECT
public:
    /// `before`: the one that is changed; none: a new one.
    explicit CookieDialog(const std::optional<http::Cookie>& before, QWidget* parent = nullptr);

    /// The time that a span such as "1h" counts from; the machine's clock unless set.
    void setClock(std::function<Instant()> clock);
    void say(const Error& problem);

Q_SIGNALS:
    /// Answer with accept() or say().
    void kept(const claimcheck::http::Cookie& cookie);

private:
    QLineEdit* addField(QFormLayout& form, const QString& caption, const char* objectName,
                        const QString& hint);
    void makeFields(QFormLayout& form);
    void fill(const http::Cookie& cookie);
    QWidget* makeButtons();
    void keep();

    std::optional<http::Cookie> m_before;
    std::function<Instant()> m_clock = currentTime;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_value = nullptr;
    QLineEdit* m_domain = nullptr;
    QLineEdit* m_path = nullptr;
    QLineEdit* m_expires = nullptr;
    QCheckBox* m_secure = nullptr;
    QCheckBox* m_httpOnly = nullptr;
    QLabel* m_problem = nullptr;
};

} // namespace claimcheck::ui
