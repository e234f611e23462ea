// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <runner/runfields.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qfiledialog.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qspinbox.h>

#include <base/text.h>
#include <state/identitytext.h>
#include <theme/chevronbox.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

void addFolders(QComboBox* box, const collection::Folder& folder)
{
    for (const collection::Folder& inner : folder.folders) {
        box->addItem(toQString(visible(inner.path)), toQString(inner.path));
        addFolders(box, inner);
    }
}

/// Selects the entry with that data; the first one where there is none.
void choose(QComboBox* box, const QVariant& data)
{
    box->setCurrentIndex(std::max(0, box->findData(data)));
}

QComboBox* comboBox(const char* objectName, const QString& name)
{
    auto* box = new ChevronBox;
    setNames(box, QLatin1String(objectName), name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    return box;
}

QLineEdit* lineEdit(const char* objectName, const QString& name, const QString& placeholder)
{
    auto* edit = new QLineEdit;
    setNames(edit, QLatin1String(objectName), name);
    edit->setPlaceholderText(placeholder);
    return edit;
}

} // namespace

RunFields::RunFields(QWidget* parent)
    : QWidget(parent),
      m_rows(new QFormLayout(this)),
      m_folder(comboBox("runFolder", tr("What to run"))),
      m_environment(comboBox("runEnvironment", tr("Environment"))),
      m_sentAs(comboBox("runSentAs", tr("Send as"))),
      m_tags(lineEdit("runTags", tr("Tags"), tr("all"))),
      m_excluded(lineEdit("runExcludedTags", tr("Without tags"), tr("none"))),
      m_iterations(spinBox("runIterations", tr("Iterations"), 1, 100'000)),
      m_data(lineEdit("runData", tr("Data file"), tr("CSV or JSON"))),
      m_jobs(spinBox("runJobs", tr("At a time"), 1, 256)),
      m_delay(spinBox("runDelay", tr("Delay"), 0, 3'600'000)),
      m_bail(new QCheckBox(tr("Stop at the first failure")))
{
    m_delay->setSuffix(tr(" ms"));
    m_data->setToolTip(tr("Each row of the file is an iteration"));
    m_jobs->setToolTip(tr("Iterations that run at a time, each with its own variables and cookies"));
    setNames(m_bail, QStringLiteral("runBail"), m_bail->text());
    m_folder->addItem(tr("The whole collection"), QString());
    m_environment->addItem(tr("No environment"), QString());
    m_sentAs->setToolTip(tr("Whose session the requests that take one are sent with"));
    addRows();
    setIdentities({});
}

void RunFields::addRows()
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setHorizontalSpacing(space::medium);
    m_rows->setVerticalSpacing(space::small);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const auto add = [this](QWidget* field, QWidget* row) {
        QLabel* label = mutedLabel(field->accessibleName());
        label->setBuddy(field);
        m_rows->addRow(label, row);
    };
    for (QWidget* field :
         std::initializer_list<QWidget*>{m_folder, m_environment, m_sentAs, m_tags, m_excluded, m_iterations})
        add(field, field);
    add(m_data, makeDataRow());
    add(m_jobs, m_jobs);
    add(m_delay, m_delay);
    m_rows->addRow(QString(), m_bail);
}

QWidget* RunFields::makeDataRow()
{
    auto* row = new QWidget;
    auto* across = new QHBoxLayout(row);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(space::tiny);
    QToolButton* choose =
        flatButton(QStringLiteral("folder"), tr("Choose a data file"), QStringLiteral("chooseRunData"));
    across->addWidget(m_data, 1);
    across->addWidget(choose);
    connect(choose, &QToolButton::clicked, this, &RunFields::chooseDataFile);
    connect(m_data, &QLineEdit::textChanged, this,
            [this](const QString& file) { m_iterations->setEnabled(file.trimmed().isEmpty()); });
    return row;
}

void RunFields::chooseDataFile()
{
    const QString file = QFileDialog::getOpenFileName(window(), tr("Data file"), m_data->text(),
                                                      tr("CSV and JSON (*.csv *.json);;All files (*)"));
    if (!file.isEmpty())
        m_data->setText(file);
}

QSpinBox* RunFields::spinBox(const char* objectName, const QString& name, int least, int most)
{
    auto* box = new QSpinBox;
    setNames(box, QLatin1String(objectName), name);
    box->setRange(least, most);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    return box;
}

void RunFields::setCollection(const collection::Collection& collection, const std::string& environment)
{
    const QVariant folder = m_folder->currentData();
    m_folder->clear();
    m_folder->addItem(tr("The whole collection"), QString());
    addFolders(m_folder, collection.root);
    choose(m_folder, folder);
    const bool isAnother = collection.directory != m_directory || environment != m_given;
    m_directory = collection.directory;
    m_given = environment;
    const QVariant chosen = isAnother ? QVariant(toQString(environment)) : m_environment->currentData();
    m_environment->clear();
    m_environment->addItem(tr("No environment"), QString());
    for (const collection::Environment& each : collection.environments)
        m_environment->addItem(toQString(visible(each.name)), toQString(each.name));
    choose(m_environment, chosen);
}

/// The session of the sign-in form is none of them: a request takes it where it says so.
void RunFields::setIdentities(const std::vector<std::string>& names)
{
    const QVariant chosen = m_sentAs->currentData();
    m_sentAs->clear();
    m_sentAs->addItem(tr("As each request says"), QString());
    for (const std::string& name : names)
        m_sentAs->addItem(chosenWords(name), toQString(name));
    if (!names.empty())
        m_sentAs->addItem(chosenWords(workbench::Identities::nobody),
                          QLatin1String(workbench::Identities::nobody));
    choose(m_sentAs, chosen);
    m_rows->setRowVisible(m_sentAs, !names.empty());
}

RunForm RunFields::form() const
{
    RunForm form;
    form.folder = toUtf8(m_folder->currentData().toString());
    form.environment = toUtf8(m_environment->currentData().toString());
    form.tags = toUtf8(m_tags->text());
    form.excludedTags = toUtf8(m_excluded->text());
    form.iterations = m_iterations->value();
    form.dataFile = toUtf8(m_data->text().trimmed());
    form.jobs = m_jobs->value();
    form.delay = m_delay->value();
    form.bail = m_bail->isChecked();
    form.sentAs = toUtf8(m_sentAs->currentData().toString());
    return form;
}

} // namespace claimcheck::ui
