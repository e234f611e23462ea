// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/promptbox.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>

#include <base/text.h>
#include <sessions/qrpicture.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr std::size_t longestShownLink = 40;

QLabel* selectableLabel(const char* objectName, const QString& name)
{
    QLabel* label = plainLabel();
    setNames(label, QLatin1String(objectName), name);
    label->setWordWrap(true);
    label->setFont(monoFont());
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void copyText(const QString& text)
{
    QGuiApplication::clipboard()->setText(text);
}

} // namespace

PromptBox::PromptBox(QWidget* parent)
    : QWidget(parent),
      m_what(plainLabel()),
      m_link(selectableLabel("identityLink", tr("Link"))),
      m_codeLine(new QWidget),
      m_code(selectableLabel("identityCode", tr("Code"))),
      m_picture(new QrPicture)
{
    setObjectName(QStringLiteral("identityPrompt"));
    m_what->setWordWrap(true);
    QPushButton* open = pushButton(tr("Open in browser"), QStringLiteral("openIdentityLink"));
    QPushButton* copyLink = pushButton(tr("Copy link"), QStringLiteral("copyIdentityLink"));
    QPushButton* copyCode = pushButton(tr("Copy code"), QStringLiteral("copyIdentityCode"));
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT linkActivated(link()); });
    connect(copyLink, &QPushButton::clicked, this, [this] { copyText(link()); });
    connect(copyCode, &QPushButton::clicked, this, [this] {
        if (m_prompt && m_prompt->device)
            copyText(toQString(m_prompt->device->userCode));
    });
    m_codeLine->setLayout(leftLine({m_code, copyCode}));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(m_what);
    column->addWidget(m_link);
    column->addLayout(leftLine({open, copyLink}));
    column->addWidget(m_codeLine);
    column->addWidget(m_picture, 0, Qt::AlignLeft);
    hide();
}

/// Where a person goes: for a device code the page that has the code filled in already, where there is one.
QString PromptBox::link() const
{
    if (!m_prompt)
        return {};
    const auto& device = m_prompt->device;
    if (!device)
        return toQString(m_prompt->link);
    return toQString(device->completeUri.empty() ? device->verificationUri : device->completeUri);
}

void PromptBox::setPrompt(const std::optional<auth::Prompt>& prompt)
{
    m_prompt = prompt;
    setVisible(prompt.has_value());
    if (!prompt)
        return;
    const auto& device = prompt->device;
    m_what->setText(device ? tr("Open this page, on any machine, and type the code there:")
                           : tr("Sign in on this page in the browser; the answer comes back by itself:"));
    const std::string& shown = device ? device->verificationUri : prompt->link;
    m_link->setText(toQString(shortened(visible(shown), longestShownLink))); // copied whole
    m_codeLine->setVisible(device.has_value());
    m_code->setText(device ? toQString(visible(device->userCode)) : QString());
    // The page of a browser's sign-in answers to this machine alone: there is nothing in it for a telephone.
    m_picture->setLink(device ? toUtf8(link()) : std::string());
}

} // namespace claimcheck::ui
