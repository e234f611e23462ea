// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/hostdialog.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int hostDialogWidth = 480;

} // namespace

HostDialog::HostDialog(const std::string& host, const QString& what, QWidget* parent)
    : QDialog(parent),
      m_host(toQString(visible(host))),
      m_typed(new QLineEdit),
      m_confirm(primaryButton(tr("I may test this host"), QStringLiteral("confirmHost")))
{
    setObjectName(QStringLiteral("hostDialog"));
    setWindowTitle(tr("Test another machine"));
    setMinimumWidth(hostDialogWidth);
    QLabel* words = plainLabel(what.arg(m_host) + u' ' +
                               tr("Where nobody allowed that it is an attack. Type the name of the host to "
                                  "say that you may test it; "
                                  "it is remembered with today's date."));
    words->setObjectName(QStringLiteral("hostQuestion"));
    words->setWordWrap(true);
    setNames(m_typed, QStringLiteral("typedHost"), tr("Name of the host"));
    m_typed->setPlaceholderText(m_host);
    m_typed->setFont(monoFont());
    m_confirm->setEnabled(false);
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelHost"));
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(cancel);
    foot->addWidget(m_confirm);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(words);
    column->addWidget(m_typed);
    column->addLayout(foot);
    m_confirm->setDefault(true); // not before it is in the dialog
    connect(m_typed, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_confirm->setEnabled(text.trimmed().compare(m_host, Qt::CaseInsensitive) == 0);
    });
    connect(m_confirm, &QPushButton::clicked, this, &QDialog::accept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
}

} // namespace claimcheck::ui
