// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands where on the page that signs.

#include <token/signpage.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlabel.h>
#include <QtWidgets/qmenu.h>

#include <base/text.h>
#include <json/write.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>
#include <token/keychoice.h>

namespace claimcheck::ui {
namespace {

constexpr int headerLines = 5;
constexpr int claimLines = 11;

QPushButton* menuButton(const QString& text, const char* objectName, QMenu* menu)
{
    QPushButton* button = pushButton(text, QLatin1String(objectName));
    button->setLayoutDirection(Qt::RightToLeft);
    button->setIcon(icon(QStringLiteral("chevron-down")));
    button->setMenu(menu);
    return button;
}

} // namespace

SignPage::SignPage(QWidget* parent)
    : QWidget(parent),
      m_header(new JsonEdit(QStringLiteral("signHeader"), tr("Header"), Role::TokenHeader, headerLines)),
      m_claims(new JsonEdit(QStringLiteral("signClaims"), tr("Claims"), Role::TokenPayload, claimLines)),
      m_take(pushButton(tr("Take from the token"), QStringLiteral("takeFromToken"))),
      m_keys(new KeyChoice(QStringLiteral("sign"))),
      m_algorithm(new ChevronBox),
      m_detached(new QCheckBox(tr("Leave the payload out"))),
      m_sign(primaryButton(tr("Sign"), QStringLiteral("signToken"))),
      m_problem(plainLabel()),
      m_resultTitle(sectionTitle({})),
      m_result(new TokenEdit)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::inset, space::medium, space::inset, space::large);
    column->setSpacing(space::small);
    column->addWidget(makeHead());
    m_header->setMaximumHeight(m_header->minimumHeight() * 8 / headerLines); // the claims take the rest
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    column->addWidget(m_header);
    column->addWidget(makeHelpers());
    column->addWidget(m_claims, 1);
    fillKeyChoice();
    column->addWidget(m_keys);
    setKind(m_problem, "bad");
    m_problem->setObjectName(QStringLiteral("signProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    column->addWidget(m_problem);
    column->addWidget(makeResult());
    connect(m_header, &QPlainTextEdit::textChanged, this, &SignPage::noticeTyping);
    connect(m_claims, &QPlainTextEdit::textChanged, this, &SignPage::noticeTyping);
    showKeys();
}

QWidget* SignPage::makeHead()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("signTemplates"));
    const std::vector<SignTemplate> templates = signTemplates(m_clock());
    for (std::size_t index = 0; index < templates.size(); ++index)
        menu->addAction(toQString(templates[index].title), this, [this, index] {
            begin(signTemplates(m_clock())[index].draft);
            m_isTyped = true; // chosen, so it stays
            followAlgorithm();
        });
    connect(m_take, &QPushButton::clicked, this, [this] { begin(draftOf(m_token)); });
    auto* part = new QWidget;
    QHBoxLayout* row = lineIn(part);
    row->addWidget(sectionTitle(tr("Header")), 1);
    row->addWidget(menuButton(tr("Template"), "signTemplate", menu));
    row->addWidget(m_take);
    return part;
}

void SignPage::addHelper(QHBoxLayout* row, const QString& text, const char* objectName,
                         const std::function<void()>& help)
{
    QPushButton* button = pushButton(text, QLatin1String(objectName));
    connect(button, &QPushButton::clicked, this, help);
    row->addWidget(button);
}

QWidget* SignPage::makeHelpers()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("signExpiry"));
    const std::pair<QString, int> lifetimes[] = {
        {tr("in 5 min"), 300}, {tr("in 1 h"), 3600}, {tr("in 1 day"), 86400}, {tr("1 h ago"), -3600}};
    for (const auto& [text, seconds] : lifetimes)
        menu->addAction(text, this, [this, rest = seconds] { setTime("exp", Seconds(rest)); });
    auto* part = new QWidget;
    QHBoxLayout* row = lineIn(part);
    row->addWidget(sectionTitle(tr("Claims")), 1);
    row->addWidget(menuButton(tr("Expires"), "helpExp", menu));
    addHelper(row, tr("iat now"), "helpIat", [this] { setTime("iat", Seconds(0)); });
    addHelper(row, tr("nbf now"), "helpNbf", [this] { setTime("nbf", Seconds(0)); });
    addHelper(row, tr("New jti"), "helpJti", [this] { setClaim("jti", json::quoted(randomId())); });
    return part;
}

void SignPage::fillKeyChoice()
{
    setNames(m_algorithm, QStringLiteral("signAlgorithm"), tr("Algorithm"));
    m_detached->setObjectName(QStringLiteral("signDetached"));
    m_detached->setToolTip(tr("The claims stay outside of the token (RFC 7515 Appendix F)"));
    m_keys->setTexts(tr("Key to sign with"),
                     tr("No key in the ring can sign: type a secret, or add a private key."));
    m_keys->addChoice(m_algorithm);
    m_keys->addOption(m_detached);
    m_keys->addButton(m_sign);
    connect(m_keys, &KeyChoice::keyChanged, this, &SignPage::followKey);
    connect(m_keys, &KeyChoice::keysRequested, this, &SignPage::keysRequested);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, &SignPage::followAlgorithm);
    connect(m_sign, &QPushButton::clicked, this, &SignPage::sign);
    connect(m_keys, &KeyChoice::keyChanged, this, &SignPage::noticeChange);
    connect(m_keys, &KeyChoice::formChanged, this, &SignPage::noticeChange);
    connect(m_algorithm, &QComboBox::currentIndexChanged, this, &SignPage::noticeChange);
    connect(m_detached, &QCheckBox::toggled, this, &SignPage::noticeChange);
}

QWidget* SignPage::makeResult()
{
    setNames(m_result, QStringLiteral("signedToken"), tr("Signed token"));
    m_result->setReadOnly(true);
    m_resultTitle->setObjectName(QStringLiteral("signedTitle"));
    QPushButton* look = pushButton(tr("Inspect it"), QStringLiteral("inspectSigned"));
    QPushButton* compare = pushButton(tr("Compare with the original"), QStringLiteral("compareSigned"));
    QToolButton* copy =
        flatButton(QStringLiteral("copy"), tr("Copy the signed token"), QStringLiteral("copySigned"));
    const auto text = [this] { return toQString(m_result->token()); };
    connect(copy, &QToolButton::clicked, this, [text] { QGuiApplication::clipboard()->setText(text()); });
    connect(look, &QPushButton::clicked, this, [this, text] { Q_EMIT inspectRequested(text()); });
    connect(compare, &QPushButton::clicked, this, [this, text] { Q_EMIT compareRequested(text()); });
    auto* title = new QWidget;
    QHBoxLayout* row = lineIn(title);
    row->addWidget(m_resultTitle, 1);
    row->addWidget(look);
    row->addWidget(compare);
    row->addWidget(copy);
    m_resultPart = new QWidget;
    auto* column = new QVBoxLayout(m_resultPart);
    column->setContentsMargins(0, space::small, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(title);
    column->addWidget(m_result);
    m_resultPart->hide();
    return m_resultPart;
}

} // namespace claimcheck::ui
