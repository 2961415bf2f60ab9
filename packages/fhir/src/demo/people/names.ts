/** Given and family names to combine, by the part of the country they are heard in. Whoever has one is invented. */
export const NAMES: readonly {
  women: readonly string[]
  men: readonly string[]
  families: readonly string[]
  language: string
}[] = [
  {
    women: ['Pushpa', 'Shakuntala', 'Vimla', 'Rekha', 'Anjali', 'Kavita', 'Nisha', 'Pallavi'],
    men: ['Ramesh', 'Harish', 'Deepak', 'Ashok', 'Manoj', 'Vivek', 'Rohit', 'Suraj'],
    families: [
      'Kushwaha',
      'Bhadoria',
      'Upadhyay',
      'Chaturvedi',
      'Rajput-Solanki',
      'Srivastava-Lal',
      'Nigam',
      'Tomar',
    ],
    language: 'hi',
  },
  {
    women: ['Alamelu', 'Vasantha', 'Kalpana', 'Revathi', 'Sowmya', 'Thenmozhi'],
    men: ['Murugesan', 'Elango', 'Karthikeyan', 'Senthil', 'Balamurugan', 'Ilango'],
    families: ['Sundaresan', 'Ponnusamy', 'Vaidehi', 'Kandaswamy', 'Thirunavukkarasu', 'Arumugam'],
    language: 'ta',
  },
  {
    women: ['Malini', 'Sushama', 'Vaishali', 'Snehal', 'Jyotsna', 'Mrunal'],
    men: ['Sudhakar', 'Shrikant', 'Nitin', 'Omkar', 'Vasant', 'Prasad'],
    families: ['Ghorpade-Naik', 'Deshpande', 'Wagle', 'Phadke', 'Mohite', 'Kelkar-Joshi'],
    language: 'mr',
  },
  {
    women: ['Aparna', 'Mitali', 'Sharmistha', 'Paromita', 'Rituparna', 'Bijoya'],
    men: ['Subrata', 'Anirban', 'Dipankar', 'Prosenjit', 'Tapan', 'Shyamal'],
    families: ['Bhowmick', 'Ghatak', 'Sanyal', 'Lahiri-Das', 'Mondal', 'Chakladar'],
    language: 'bn',
  },
  {
    women: ['Gurpreet', 'Harleen', 'Manjit', 'Simran', 'Jasbir', 'Parminder'],
    men: ['Balwinder', 'Kuldeep', 'Jarnail', 'Gurmukh', 'Paramjit', 'Navtej'],
    families: ['Singh Khosla', 'Singh Virdi', 'Kaur Bedi', 'Singh Randhawa', 'Sethi-Nagpal', 'Ahuja'],
    language: 'pa',
  },
  {
    women: ['Shabana', 'Rukhsana', 'Nafisa', 'Zubeida', 'Sabiha', 'Farzana'],
    men: ['Imtiaz', 'Salim', 'Nadeem', 'Javed', 'Tariq', 'Asghar'],
    families: ['Tamboli', 'Shaikh-Pathan', 'Momin', 'Quraishi', 'Attar', 'Bagwan'],
    language: 'ur',
  },
]
