// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/authpage.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qbuttongroup.h>
#include <QtWidgets/qradiobutton.h>

#include <base/text.h>
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
            {AuthMode::None, QStringLiteral("authNone"), QObject::tr("None"), {}},
            {AuthMode::SessionRaw, QStringLiteral("authRaw"), QObject::tr("Session token, raw"),
             QObject::tr("Authorization: TOKEN")},
            {AuthMode::SessionBearer, QStringLiteral("authBearer"), QObject::tr("Session token as Bearer"),
             QObject::tr("Authorization: Bearer TOKEN (RFC 6750)")}};
}

} // namespace

QString shortWord(const Authorisation& authorisation)
{
    switch (authorisation.mode) {
    case AuthMode::SessionRaw:
        return QObject::tr("raw token");
    case AuthMode::SessionBearer:
        return QObject::tr("Bearer");
    case AuthMode::None:
        return authorisation.kept.empty() ? QObject::tr("none")
                                          : toQString(visible(authorisation.kept)).left(40);
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
        if (choice.mode == AuthMode::None)
            m_none = meaning;
    }
    m_caption->setWordWrap(true);
    column->addWidget(m_caption);
    column->addStretch(1);
    connect(m_choices, &QButtonGroup::idClicked, this,
            [this](int mode) { Q_EMIT modeChosen(static_cast<AuthMode>(mode)); });
    setInherited({});
    setKept({});
}

void AuthPage::setMode(AuthMode mode)
{
    m_choices->button(static_cast<int>(mode))->setChecked(true);
}

void AuthPage::setInherited(const Authorisation& inherited)
{
    m_inherited->setText(tr("Now: %1").arg(shortWord(inherited)));
}

void AuthPage::setKept(const std::string& kind)
{
    const QString title =
        kind.empty() ? tr("None") : tr("As its file says: %1").arg(toQString(visible(kind)).left(40));
    QAbstractButton* none = m_choices->button(static_cast<int>(AuthMode::None));
    none->setText(title);
    none->setAccessibleName(title);
    if (kind.empty())
        m_none->setText(tr("No token is added, whoever is signed in."));
    else if (collection::canSendAuthorisation(kind))
        m_none->setText(tr("With the credentials of the file. They are changed there."));
    else
        m_none->setText(tr("This kind cannot be sent yet: the request stays here."));
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
