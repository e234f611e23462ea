// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <environments/releasedialog.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qpushbutton.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int releaseWidth = 460;

QLabel* fact(const char* objectName, const QString& name, const std::string& text)
{
    QLabel* label = plainLabel(toQString(visible(text)));
    setNames(label, QLatin1String(objectName), name);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

/// A name with its environment in words: "password (demo)" reads like the password itself.
std::string secretsWords(const std::vector<run::SecretName>& secrets)
{
    std::string words;
    for (const run::SecretName& secret : secrets) {
        words += words.empty() ? "" : "; ";
        words += (secret.isCaptured ? "what an answer gave for " : "") + secret.name;
        if (!secret.environment.empty())
            words += ", environment " + secret.environment;
    }
    return words;
}

} // namespace

ReleaseDialog::ReleaseDialog(const workbench::ReleaseQuestion& question, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("releaseDialog"));
    setWindowTitle(tr("A secret for a new place"));
    setMinimumWidth(releaseWidth);
    QLabel* why = plainLabel(question.request.empty()
                                 ? tr("A request of this run takes a secret to where it was not sent before.")
                                 : tr("%1 takes a secret to where it was not sent before.")
                                       .arg(toQString(visible(question.request))));
    why->setWordWrap(true);
    QLabel* advice =
        captionLabel(tr("Make sure that you know this address: a collection can name any. What is "
                        "allowed is remembered for this collection."));
    advice->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(why);
    column->addWidget(makeFacts(question));
    column->addWidget(advice);
    column->addWidget(makeButtons());
    findChild<QPushButton*>(QStringLiteral("refuseRelease"))->setFocus();
}

QWidget* ReleaseDialog::makeFacts(const workbench::ReleaseQuestion& question)
{
    auto* part = new QWidget;
    auto* rows = new QFormLayout(part);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(space::medium);
    rows->setVerticalSpacing(space::small);
    const QString secret = question.release.secrets.size() == 1 ? tr("Secret") : tr("Secrets");
    rows->addRow(mutedLabel(secret), fact("releasedSecrets", secret, secretsWords(question.release.secrets)));
    rows->addRow(mutedLabel(tr("Goes to")),
                 fact("releaseDestination", tr("Goes to"), question.release.destination));
    return part;
}

QWidget* ReleaseDialog::makeButtons()
{
    QPushButton* refuse = pushButton(tr("Don't send"), QStringLiteral("refuseRelease"));
    QPushButton* allow = pushButton(tr("Send it there"), QStringLiteral("allowRelease"));
    connect(refuse, &QPushButton::clicked, this, &QDialog::reject);
    connect(allow, &QPushButton::clicked, this, &QDialog::accept);
    auto* part = new QWidget;
    QHBoxLayout* row = lineIn(part);
    row->addStretch(1);
    row->addWidget(allow);
    row->addWidget(refuse);
    // Return must not give it away: not as the button that has the focus either.
    allow->setAutoDefault(false);
    refuse->setDefault(true);
    return part;
}

} // namespace claimcheck::ui
