// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/authpage.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qbuttongroup.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qradiobutton.h>

#include <base/text.h>
#include <request/credentialsbox.h>
#include <request/mintedbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

using collection::AuthMode;

constexpr int ownChoice = 100; ///< beside the modes
constexpr int mintedChoice = 101;
constexpr int underText = 24; ///< behind the circle of a radio button

} // namespace

QString shortWord(const Authorisation& authorisation)
{
    if (!authorisation.minted.empty())
        return QObject::tr("made token");
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

AuthPage::AuthPage(RequestForm* form, QWidget* parent)
    : QWidget(parent),
      m_form(form),
      m_choices(new QButtonGroup(this)),
      m_own(new CredentialsBox),
      m_minted(new MintedBox),
      m_caption(mutedLabel())
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::medium, space::large, space::medium);
    column->setSpacing(0);
    addChoice(column, static_cast<int>(AuthMode::Inherit), QStringLiteral("authInherit"),
              tr("As the folder says"), QStringLiteral(" "));
    m_inherited = qobject_cast<QLabel*>(column->itemAt(1)->widget());
    addChoice(column, static_cast<int>(AuthMode::None), QStringLiteral("authNone"), tr("None"),
              tr("No token is added, whoever is signed in."));
    m_none = qobject_cast<QLabel*>(column->itemAt(3)->widget());
    addChoice(column, static_cast<int>(AuthMode::SessionRaw), QStringLiteral("authRaw"),
              tr("Session token, raw"), tr("Authorization: TOKEN"));
    addChoice(column, static_cast<int>(AuthMode::SessionBearer), QStringLiteral("authBearer"),
              tr("Session token as Bearer"), tr("Authorization: Bearer TOKEN (RFC 6750)"));
    addChoice(column, ownChoice, QStringLiteral("authOwn"), tr("Credentials of its own"), {});
    m_own->layout()->setContentsMargins(underText, space::tiny, 0, space::medium);
    column->addWidget(m_own);
    addChoice(column, mintedChoice, QStringLiteral("authMinted"), tr("JWT made for each request"),
              QStringLiteral(" "));
    m_aboutMinted = qobject_cast<QLabel*>(column->itemAt(column->count() - 1)->widget());
    m_aboutMinted->setWordWrap(true);
    m_minted->layout()->setContentsMargins(underText, 0, 0, space::medium);
    column->addWidget(m_minted);
    m_caption->setObjectName(QStringLiteral("authPageCaption"));
    m_caption->setWordWrap(true);
    column->addWidget(m_caption);
    column->addStretch(1);
    connect(m_choices, &QButtonGroup::idClicked, this, &AuthPage::choose);
    connect(m_own, &CredentialsBox::typeChosen, this, [this](const std::string& type) {
        m_form->setOwnAuth(type);
        reload();
    });
    connect(m_own, &CredentialsBox::fieldEdited, m_form->details(), &DetailsForm::setCredential);
    connect(m_minted, &MintedBox::edited, this, &AuthPage::mintedEdited);
    setInherited({});
    setMinted({});
    reload();
}

void AuthPage::addChoice(QVBoxLayout* column, int id, const QString& objectName, const QString& title,
                         const QString& meaning)
{
    auto* radio = new QRadioButton(title);
    setNames(radio, objectName, title);
    m_choices->addButton(radio, id);
    column->addWidget(radio);
    if (meaning.isEmpty())
        return;
    QLabel* label = captionLabel(meaning);
    label->setContentsMargins(underText, 2, 0, space::medium);
    column->addWidget(label);
}

void AuthPage::choose(int id)
{
    if (m_hasPlace)
        m_isMinting = id == mintedChoice;
    if (id == ownChoice)
        m_form->setOwnAuth(m_own->type());
    else if (id != mintedChoice) // a rule counts before all that the file says, which stays as it is
        m_form->setAuth(static_cast<AuthMode>(id));
    reload();
    Q_EMIT mintedEdited();
}

void AuthPage::reload()
{
    const collection::Entry entry = m_form->entry();
    const bool isOwn = entry.auth == AuthMode::None && !entry.kept.auth.empty();
    const int inFile = isOwn ? ownChoice : static_cast<int>(entry.auth);
    m_choices->button(isMinting() ? mintedChoice : inFile)->setChecked(true);
    collection::Credentials credentials = m_form->details()->details().credentials;
    if (isOwn && credentials.type != entry.kept.auth)
        credentials = {entry.kept.auth, {}};
    m_own->setVisible(isOwn && !isMinting());
    m_minted->setVisible(isMinting());
    if (isOwn)
        m_own->setCredentials(credentials);
}

void AuthPage::setInherited(const Authorisation& inherited)
{
    m_around = inherited;
    showInherited();
}

/// With a rule of its own nothing is inherited, whatever the folder says.
void AuthPage::showInherited()
{
    const bool hasRule = m_hasPlace && m_place.rule;
    m_inherited->setText(hasRule ? tr("A token is made for it now.")
                                 : tr("Now: %1").arg(shortWord(m_around)));
}

/// Where there is no place for a while, what was typed waits for it to come back.
void AuthPage::setMinted(const std::optional<MintedPlace>& place)
{
    const bool wasMinting = isMinting();
    m_hasPlace = place.has_value();
    m_choices->button(mintedChoice)->setEnabled(m_hasPlace);
    m_aboutMinted->setText(place ? tr("Signed anew each time, with a key of yours.")
                                 : tr("Save the request first: this is written for its file."));
    if (place) {
        if (!isSameButForPath(m_place.rule, place->rule))
            m_isMinting = place->rule.has_value();
        m_place = *place;
        m_minted->setPlace(*place);
    }
    if (isMinting() != wasMinting)
        reload();
    showInherited();
}

std::optional<MintedEdit> AuthPage::minted() const
{
    if (isMinting())
        return m_minted->edit();
    if (m_hasPlace && m_place.rule)
        return MintedEdit{m_place.rule, {}};
    return std::nullopt;
}

std::string AuthPage::mintedAlgorithm() const
{
    return isMinting() ? m_minted->typed().algorithm : std::string();
}

bool AuthPage::checkMinted()
{
    return !isMinting() || m_minted->check();
}

/// A rule that could not be taken out goes on counting, and is shown.
void AuthPage::sayMintedProblem(const Error& error)
{
    m_isMinting = m_isMinting || m_place.rule;
    m_minted->say(error);
    reload();
}

void AuthPage::setInheritOffered(bool offered)
{
    m_choices->button(static_cast<int>(AuthMode::Inherit))->setVisible(offered);
    m_inherited->setVisible(offered);
}

void AuthPage::setOfFolder(bool isCollection)
{
    m_choices->button(static_cast<int>(AuthMode::None))->hide();
    m_none->hide();
    m_choices->button(static_cast<int>(AuthMode::Inherit))
        ->setText(isCollection ? tr("None") : tr("As the folder around it says"));
    m_inherited->setVisible(!isCollection);
}

void AuthPage::setCaption(const QString& text)
{
    m_caption->setText(text);
}

void AuthPage::goTo(const QString& words)
{
    for (QLineEdit* edit : m_own->findChildren<QLineEdit*>())
        if (const qsizetype at = edit->text().indexOf(words); at >= 0) {
            edit->setFocus();
            return edit->setSelection(static_cast<int>(at), static_cast<int>(words.size()));
        }
}

} // namespace claimcheck::ui
