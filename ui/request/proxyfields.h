// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The rows of a form that say which proxy a request takes. The password stands in no file: a variable does,
// and its value goes to the keychain.

#pragma once

#include <optional>
#include <string>

#include <QtCore/qobject.h>

#include <base/secret.h>
#include <state/proxydraft.h>

class QFormLayout;
class QLineEdit;

namespace claimcheck::ui {

class ChevronBox;

class ProxyFields : public QObject
{
    Q_OBJECT
public:
    /// At the end of the form, whose widget is the parent.
    ProxyFields(QFormLayout* form, QWidget* parent);

    /// As it stands in the file.
    void setWritten(const std::optional<std::string>& written);
    /// How the choice reads that says nothing.
    void setAround(const QString& words);
    /// What the file gets; as it stood there where nothing was changed.
    std::optional<std::string> written() const;
    /// The password's variable where that is another one than before, or has a new value; else empty.
    std::string newSecret() const;
    /// Empty: none was typed.
    Secret password() const;
    /// It was taken over.
    void forgetPassword();
    /// What is wrong with what was changed; empty: nothing is.
    QString problem() const;

Q_SIGNALS:
    /// A choice was made, or a field left.
    void edited();

private:
    QLineEdit* addField(const QString& objectName, const QString& label, const QString& title);
    void choose();
    void showRows();
    ProxyKind kind() const;
    std::string variable() const;
    ProxyDraft draft() const;

    QFormLayout* m_form;
    ProxyDraft m_read;
    std::optional<std::string> m_written;
    ChevronBox* m_kind;
    QLineEdit* m_address;
    QLineEdit* m_user;
    QLineEdit* m_password;
    QLineEdit* m_variable;
};

} // namespace claimcheck::ui
