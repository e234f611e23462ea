// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A content, a key and two algorithms in, an encrypted token out. To decrypt needs no page: what a key of the
// ring opens is shown as soon as it is pasted.

#pragma once

#include <QtWidgets/qwidget.h>

#include <base/latestjob.h>
#include <state/encryptform.h>
#include <token/jsonedit.h>
#include <token/tokenedit.h>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace claimcheck::ui {

class KeyChoice;

class EncryptPage : public QWidget
{
    Q_OBJECT
public:
    explicit EncryptPage(QWidget* parent = nullptr);

    void setRing(const inspect::KeyRing& ring);
    /// What the two buttons above the content take over.
    void setToken(const inspect::Inspection& inspection);

Q_SIGNALS:
    void inspectRequested(const QString& token);
    void keysRequested();

private:
    QWidget* makeHead();
    void fillKeyChoice();
    QWidget* makeResult();
    void showKeys();
    void showAlgorithms();
    void showEncryptions();
    void showOthers();
    void noticeTyping();
    void noticeChange();
    void encrypt();
    void showResult(const Result<Secret>& token);
    void say(const QString& problem);
    void setRunning(bool running);

    inspect::KeyRing m_ring;
    std::string m_token;
    std::string m_payload;
    Secret m_last; ///< content
    LatestJob<Result<Secret>> m_job;

    QPushButton* m_takeToken;
    QPushButton* m_takePayload;
    JsonEdit* m_content;
    KeyChoice* m_keys;
    QComboBox* m_algorithm;
    QComboBox* m_encryption;
    QCheckBox* m_compress;
    QPushButton* m_encrypt;
    QLabel* m_problem;
    QWidget* m_resultPart = nullptr;
    QLabel* m_resultTitle;
    TokenEdit* m_result;
};

} // namespace claimcheck::ui
