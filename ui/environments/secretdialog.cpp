// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <environments/secretdialog.h>

#include <algorithm>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int dialogWidth = 420;

} // namespace

SecretDialog::SecretDialog(const workbench::SecretQuestion& question, QWidget* parent)
    : QDialog(parent),
      m_isOfRun(question.request.empty()),
      m_keep(new QCheckBox(tr("Keep in the keychain"))),
      m_send(primaryButton(m_isOfRun ? tr("Run") : tr("Send"), QStringLiteral("sendWithSecrets")))
{
    setObjectName(QStringLiteral("secretDialog"));
    setWindowTitle(tr("Secrets"));
    setMinimumWidth(dialogWidth);
    m_keep->setObjectName(QStringLiteral("keepSecrets"));
    m_keep->setEnabled(question.hasKeychain);
    m_keep->setChecked(question.hasKeychain);
    QLabel* why = plainLabel(
        m_isOfRun ? tr("Requests of this run need what the collection's files do not hold. What is left "
                       "empty makes them fail.")
                  : tr("%1 needs what the collection's files do not hold.")
                        .arg(toQString(visible(question.request))));
    why->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(why);
    column->addWidget(makeFields(question));
    if (!question.destination.empty()) {
        QLabel* where = plainLabel(tr("It is sent to %1.").arg(toQString(visible(question.destination))));
        where->setObjectName(QStringLiteral("secretDestination"));
        where->setWordWrap(true);
        column->addWidget(where);
    }
    column->addWidget(m_keep);
    if (!question.hasKeychain)
        column->addWidget(captionLabel(tr("No keychain answers: it is kept until the program ends.")));
    column->addWidget(makeButtons());
    m_send->setDefault(true);
    judge();
}

QWidget* SecretDialog::makeFields(const workbench::SecretQuestion& question)
{
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    for (const auto& wanted : question.wanted) {
        auto* field = new QLineEdit;
        field->setEchoMode(QLineEdit::Password);
        const QString name = toQString(visible(wanted.name));
        setNames(field, QStringLiteral("secretValue"), name);
        column->addWidget(mutedLabel(tr("%1 (%2)").arg(name, toQString(visible(wanted.environment)))));
        column->addWidget(field);
        column->addSpacing(space::tiny);
        connect(field, &QLineEdit::textChanged, this, &SecretDialog::judge);
        m_fields.push_back(field);
    }
    return part;
}

QWidget* SecretDialog::makeButtons()
{
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelSecrets"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_send, &QPushButton::clicked, this, &QDialog::accept);
    auto* part = new QWidget;
    QHBoxLayout* row = lineIn(part);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(m_send);
    return part;
}

void SecretDialog::judge()
{
    m_send->setEnabled(m_isOfRun || std::ranges::none_of(m_fields, [](const QLineEdit* field) {
                           return field->text().isEmpty();
                       }));
}

std::vector<Secret> SecretDialog::values() const
{
    std::vector<Secret> values;
    for (const QLineEdit* field : m_fields)
        values.push_back(Secret::adopting(toUtf8(field->text())));
    return values;
}

bool SecretDialog::inKeychain() const
{
    return m_keep->isEnabled() && m_keep->isChecked();
}

} // namespace claimcheck::ui
