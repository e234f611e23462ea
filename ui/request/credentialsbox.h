// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Credentials that stand in a file: their kind, and a line for each field of that kind. Secrets are masked.

#pragma once

#include <QtWidgets/qwidget.h>

#include <collection/details.h>

class QComboBox;
class QFormLayout;
class QLabel;

namespace claimcheck::ui {

struct CredentialField;

class CredentialsBox : public QWidget
{
    Q_OBJECT
public:
    explicit CredentialsBox(QWidget* parent = nullptr);

    void setCredentials(const collection::Credentials& credentials);
    /// The kind in the box: what is chosen where there are no credentials yet.
    std::string type() const;

Q_SIGNALS:
    void typeChosen(const std::string& type);
    void fieldEdited(const std::string& name, const std::string& value);

private:
    void rebuild(const collection::Credentials& credentials);
    QWidget* makeField(const CredentialField& field, const std::string& value);
    void showHint(const std::string& type);

    QComboBox* m_kind;
    QWidget* m_fields = nullptr;
    QLabel* m_hint;
    collection::Credentials m_shown;
};

} // namespace claimcheck::ui
