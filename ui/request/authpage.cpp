// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/authpage.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qbuttongroup.h>
#include <QtWidgets/qradiobutton.h>

#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

using collection::AuthMode;

struct Choice
{
    AuthMode mode;
    QString objectName;
    QString title;
    QString meaning;
};

QList<Choice> choices()
{
    return {{AuthMode::Inherit, QStringLiteral("authInherit"), QObject::tr("As the folder says"), {}},
            {AuthMode::None, QStringLiteral("authNone"), QObject::tr("None"),
             QObject::tr("No token is added, whoever is signed in.")},
            {AuthMode::SessionRaw, QStringLiteral("authRaw"), QObject::tr("Session token, raw"),
             QObject::tr("Authorization: TOKEN")},
            {AuthMode::SessionBearer, QStringLiteral("authBearer"), QObject::tr("Session token as Bearer"),
             QObject::tr("Authorization: Bearer TOKEN (RFC 6750)")}};
}

} // namespace

QString shortWord(AuthMode mode)
{
    switch (mode) {
    case AuthMode::SessionRaw:
        return QObject::tr("raw token");
    case AuthMode::SessionBearer:
        return QObject::tr("Bearer");
    case AuthMode::None:
        return QObject::tr("none");
    case AuthMode::Inherit:
        break;
    }
    return QObject::tr("inherited");
}

AuthPage::AuthPage(QWidget* parent)
    : QWidget(parent), m_choices(new QButtonGroup(this)), m_caption(mutedLabel())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::medium, space::large, space::medium);
    column->setSpacing(0);
    for (const Choice& choice : choices()) {
        auto* radio = new QRadioButton(choice.title);
        setNames(radio, choice.objectName, choice.title);
        m_choices->addButton(radio, static_cast<int>(choice.mode));
        column->addWidget(radio);
        QLabel* meaning = captionLabel(choice.meaning);
        meaning->setContentsMargins(24, 2, 0, space::medium);
        column->addWidget(meaning);
        if (choice.mode == AuthMode::Inherit)
            m_inherited = meaning;
    }
    m_caption->setWordWrap(true);
    column->addWidget(m_caption);
    column->addStretch(1);
    connect(m_choices, &QButtonGroup::idClicked, this,
            [this](int mode) { Q_EMIT modeChosen(static_cast<AuthMode>(mode)); });
    setInherited(AuthMode::None);
}

void AuthPage::setMode(AuthMode mode)
{
    m_choices->button(static_cast<int>(mode))->setChecked(true);
}

void AuthPage::setInherited(AuthMode mode)
{
    m_inherited->setText(tr("Now: %1").arg(shortWord(mode)));
}

void AuthPage::setInheritOffered(bool offered)
{
    m_choices->button(static_cast<int>(AuthMode::Inherit))->setVisible(offered);
    m_inherited->setVisible(offered);
}

void AuthPage::setCaption(const QString& text)
{
    m_caption->setText(text);
}

} // namespace claimcheck::ui
