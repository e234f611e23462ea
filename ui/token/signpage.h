// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A token in the making: header and claims typed as JSON, begun from the token at hand or from a template,
// signed with a key of the ring. What comes out is put beside the original, which is never changed.

#pragma once

#include <functional>

#include <QtWidgets/qwidget.h>

#include <base/latestjob.h>
#include <base/time.h>
#include <state/signform.h>
#include <token/jsonedit.h>
#include <token/tokenedit.h>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace claimcheck::ui {

class KeyChoice;

class SignPage : public QWidget
{
    Q_OBJECT
public:
    explicit SignPage(QWidget* parent = nullptr);

    void setClock(std::function<Instant()> clock) { m_clock = std::move(clock); }
    void setRing(const inspect::KeyRing& ring);
    /// The token to begin with, as long as nothing is typed here.
    void setToken(const jose::Jws& token);

Q_SIGNALS:
    void inspectRequested(const QString& token);
    void compareRequested(const QString& token);
    void keysRequested();

private:
    QWidget* makeHead();
    QWidget* makeHelpers();
    void fillKeyChoice();
    QWidget* makeResult();
    void addHelper(QHBoxLayout* row, const QString& text, const char* objectName,
                   const std::function<void()>& help);

    void begin(const SignDraft& draft);
    void noticeTyping();
    void noticeChange();
    void showKeys();
    void showAlgorithms();
    void followKey();
    void followAlgorithm();
    void setClaim(std::string_view name, const std::string& json);
    void setTime(std::string_view name, Seconds from);
    void sign();
    void showResult(const Result<Secret>& token);
    void say(const QString& problem);

    std::function<Instant()> m_clock = currentTime;
    inspect::KeyRing m_ring;
    jose::Jws m_token;
    SignDraft m_last;
    bool m_isTyped = false; ///< by a person: another token does not replace it
    bool m_isLoading = false;
    LatestJob<Result<Secret>> m_signing;

    JsonEdit* m_header;
    JsonEdit* m_claims;
    QPushButton* m_take;
    KeyChoice* m_keys;
    QComboBox* m_algorithm;
    QCheckBox* m_detached;
    QPushButton* m_sign;
    QLabel* m_problem;
    QWidget* m_resultPart = nullptr;
    QLabel* m_resultTitle;
    TokenEdit* m_result;
};

} // namespace claimcheck::ui
