// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The certificate that a client shows to a host: PEM with its key, or PKCS#12. The passphrase stands in no
// file: a variable does, and its value goes to the keychain.

#pragma once

#include <optional>

#include <QtWidgets/qdialog.h>

#include <base/result.h>
#include <base/secret.h>
#include <collection/connection.h>

class QFormLayout;
class QLabel;
class QLineEdit;

namespace claimcheck::ui {

struct CertificateSubject
{
    std::string directory;                                    ///< of the collection
    std::string domain;                                       ///< what is proposed for a new one
    QString where;                                            ///< whose list it stands in, in words
    std::optional<collection::ClientCertificate> before = {}; ///< nothing: there is none yet
    bool hasKeychain = false;
};

class CertificateDialog : public QDialog
{
    Q_OBJECT
public:
    explicit CertificateDialog(CertificateSubject subject, QWidget* parent = nullptr);

    /// As it is typed.
    collection::ClientCertificate certificate() const;
    /// The variable of the passphrase where that is another one than before, or has a new value; else empty.
    std::string newSecret() const;
    /// Empty: none was typed.
    Secret passphrase() const;
    /// Why it could not be saved.
    void say(const Error& error);

Q_SIGNALS:
    /// Answer with accept() or say(), as to the next one.
    void saveRequested();
    void removeRequested();

private:
    void addFields(QFormLayout* form);
    QWidget* fileLine(QLineEdit* field, const QString& objectName, const QString& title);
    QWidget* makeButtons();
    void save();
    QString problem() const;
    void showProblem(const QString& text);
    std::string fileIn(const QLineEdit* field) const;
    /// Without its braces; of a passphrase that is typed and has none, the usual one.
    std::string variable() const;

    CertificateSubject m_subject;
    QLineEdit* m_domain;
    QLineEdit* m_certificate;
    QLineEdit* m_key;
    QLineEdit* m_variable;
    QLineEdit* m_passphrase;
    QLabel* m_problem;
};

} // namespace claimcheck::ui
