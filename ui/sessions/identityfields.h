// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The inputs of an identity's login: those that belong to the way it signs in, each with what is wrong with
// it in words beside it.

#pragma once

#include <functional>
#include <map>
#include <set>

#include <QtWidgets/qwidget.h>

#include <keys/metadata.h>
#include <state/identityproblems.h>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace claimcheck::ui {

class ChevronBox;
class SecretField;

class IdentityFields : public QWidget
{
    Q_OBJECT
public:
    IdentityFields(const IdentityDraft& draft, IdentityAround around, QWidget* parent = nullptr);

    /// As typed; with the variables that are proposed where a value was typed without one.
    IdentityDraft draft() const;
    /// Whether nothing is wrong. Says what is, of every input, and goes to the first.
    bool check();
    /// Endpoints that the issuer named go where nothing is typed, and it is said which.
    void fillIn(const keys::ServerMetadata& found);
    /// Beside the issuer.
    void sayOfIssuer(const QString& sentence, bool isBad);

Q_SIGNALS:
    void edited();
    /// The button beside the issuer, or one that was pasted.
    void lookUpRequested(const QString& issuer);

private:
    struct Row
    {
        QWidget* whole = nullptr;
        QWidget* input = nullptr;
        QLabel* problem = nullptr;
        std::function<QString()> read = {};
        std::function<void(const QString&)> write = {};
        SecretField* secret = nullptr;
    };

    QWidget* makeKind();
    Row makeRow(const InputInfo& info);
    QWidget* makeInput(const InputInfo& info, Row& row);
    void makeLine(const InputInfo& info, Row& row);
    void makeLines(const InputInfo& info, Row& row);
    void makeSecret(const InputInfo& info, Row& row);
    void makePlace(const InputInfo& info, Row& row);
    void makeRequest(const InputInfo& info, Row& row);
    void makeChoice(const InputInfo& info, Row& row);
    QWidget* withLookUp(QLineEdit* issuer);
    void takeIssuer(QLineEdit* issuer);
    void setDraft(const IdentityDraft& draft);
    LoginKind kind() const;
    void touch(IdentityInput input);
    void showRows();
    void showProblems();

    IdentityAround m_around;
    ChevronBox* m_kind = nullptr;
    QLabel* m_about = nullptr;
    std::map<IdentityInput, Row> m_rows;
    std::set<IdentityInput> m_touched;
    QCheckBox* m_form;
    QCheckBox* m_dpop;
    QPushButton* m_more;
    QLabel* m_issuerWord;
    qsizetype m_issuerLength = 0; ///< before the latest edit
    bool m_isFilling = false;     ///< nobody types
};

} // namespace claimcheck::ui
