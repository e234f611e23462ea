// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/certificatedialog.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <request/collectionfile.h>
#include <state/requestproblems.h>
#include <state/secretvariable.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int certificateDialogWidth = 520;
constexpr const char* usualVariable = "clientPassphrase";

std::string typedIn(const QLineEdit* field)
{
    return std::string(trimmed(toUtf8(field->text())));
}

} // namespace

CertificateDialog::CertificateDialog(CertificateSubject subject, QWidget* parent)
    : QDialog(parent),
      m_subject(std::move(subject)),
      m_domain(new QLineEdit),
      m_certificate(new QLineEdit),
      m_key(new QLineEdit),
      m_variable(new QLineEdit),
      m_passphrase(new QLineEdit),
      m_problem(plainLabel())
{
    setObjectName(QStringLiteral("certificateDialog"));
    setWindowTitle(tr("Client certificate"));
    setMinimumWidth(certificateDialogWidth);
    setKind(this, "surface");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(space::large);
    form->setVerticalSpacing(space::small);
    addFields(form);
    column->addLayout(form);
    QLabel* about = captionLabel(
        m_subject.hasKeychain
            ? tr("It stands in %1. The passphrase goes into the keychain, and its variable into the "
                 "chosen environment.")
                  .arg(m_subject.where)
            : tr("It stands in %1. No keychain answers: the passphrase is kept until the program ends.")
                  .arg(m_subject.where));
    about->setWordWrap(true);
    column->addWidget(about);
    setNames(m_problem, QStringLiteral("certificateProblem"), tr("What is wrong with the certificate"));
    m_problem->setWordWrap(true);
    setKind(m_problem, "bad");
    m_problem->hide();
    column->addWidget(m_problem);
    column->addWidget(makeButtons());
}

void CertificateDialog::addFields(QFormLayout* form)
{
    const collection::ClientCertificate before =
        m_subject.before.value_or(collection::ClientCertificate{m_subject.domain, {}, {}, {}, true});
    setNames(m_domain, QStringLiteral("certificateDomain"), tr("Host that gets the certificate"));
    setNames(m_variable, QStringLiteral("certificateVariable"), tr("Variable of the passphrase"));
    setNames(m_passphrase, QStringLiteral("certificatePassphrase"), tr("Passphrase"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("type a new value, or leave it as it is kept"));
    m_variable->setPlaceholderText(QLatin1String(usualVariable));
    m_key->setPlaceholderText(tr("empty with PKCS#12"));
    for (QLineEdit* field : {m_domain, m_variable})
        field->setFont(monoFont());
    m_domain->setText(toQString(before.domain));
    m_certificate->setText(toQString(before.certificateFile));
    m_key->setText(toQString(before.keyFile));
    m_variable->setText(toQString(variableIn(before.passphrase)));
    form->addRow(tr("Host"), m_domain);
    form->addRow(tr("Certificate"), fileLine(m_certificate, QStringLiteral("certificateFile"),
                                             tr("File with the certificate, PEM or PKCS#12")));
    form->addRow(tr("Key"),
                 fileLine(m_key, QStringLiteral("certificateKey"), tr("File with the private key, PEM")));
    form->addRow(tr("Passphrase"), m_passphrase);
    form->addRow(tr("Its variable"), m_variable);
}

QWidget* CertificateDialog::fileLine(QLineEdit* field, const QString& objectName, const QString& title)
{
    setNames(field, objectName, title);
    field->setFont(monoFont());
    auto* choose = flatButton(QStringLiteral("file"), tr("Choose: %1").arg(title),
                              objectName + QStringLiteral("Choose"));
    connect(choose, &QToolButton::clicked, this, [this, field] {
        if (const auto chosen = chooseCollectionFile(this, m_subject.directory, FileUse::Certificate))
            field->setText(toQString(*chosen));
    });
    auto* line = new QWidget;
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::tiny);
    row->addWidget(field, 1);
    row->addWidget(choose);
    return line;
}

QWidget* CertificateDialog::makeButtons()
{
    QPushButton* remove = pushButton(tr("Remove"), QStringLiteral("removeCertificate"));
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelCertificate"));
    QPushButton* save = primaryButton(tr("Save"), QStringLiteral("saveCertificate"));
    if (!m_subject.before)
        remove->hide();
    auto* part = new QWidget(this);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(remove);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(save);
    save->setDefault(true); // not before it is in the dialog
    connect(remove, &QPushButton::clicked, this, &CertificateDialog::removeRequested);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(save, &QPushButton::clicked, this, &CertificateDialog::save);
    return part;
}

void CertificateDialog::save()
{
    const QString wrong = problem();
    showProblem(wrong);
    if (wrong.isEmpty())
        Q_EMIT saveRequested();
}

QString CertificateDialog::problem() const
{
    const collection::ClientCertificate typed = certificate();
    for (const std::string* file : {&typed.certificateFile, &typed.keyFile})
        if (const QString wrong = problemOfCollectionFile(m_subject.directory, *file); !wrong.isEmpty())
            return wrong;
    return {};
}

std::string CertificateDialog::fileIn(const QLineEdit* field) const
{
    return asInCollection(m_subject.directory, typedIn(field));
}

std::string CertificateDialog::variable() const
{
    return variableTyped(typedIn(m_variable), !m_passphrase->text().isEmpty(), usualVariable);
}

/// A passphrase that another program wrote into the file stays until somebody gives it a variable.
collection::ClientCertificate CertificateDialog::certificate() const
{
    collection::ClientCertificate typed =
        m_subject.before.value_or(collection::ClientCertificate{{}, {}, {}, {}, true});
    typed.domain = typedIn(m_domain);
    typed.certificateFile = fileIn(m_certificate);
    typed.keyFile = fileIn(m_key);
    const std::string name = variable();
    if (!name.empty())
        typed.passphrase = "{{" + name + "}}";
    else if (!variableIn(typed.passphrase).empty())
        typed.passphrase.clear();
    return typed;
}

std::string CertificateDialog::newSecret() const
{
    const bool isAsBefore = m_subject.before && m_subject.before->passphrase == certificate().passphrase;
    return isAsBefore && m_passphrase->text().isEmpty() ? std::string() : variable();
}

Secret CertificateDialog::passphrase() const
{
    return Secret::adopting(toUtf8(m_passphrase->text()));
}

void CertificateDialog::say(const Error& error)
{
    showProblem(problemText(error));
}

void CertificateDialog::showProblem(const QString& text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

} // namespace claimcheck::ui
